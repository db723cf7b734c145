package dev.muster.ports.in.tenancy;

import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tenants, for operators. */
public interface TenantAdministration {
  /** Makes a tenant; {@code slug_taken} where there is one. */
  Outcome<Tenant> create(Caller caller, NewTenant tenant);

  /** All tenants but the system tenant, newest first. */
  Page<Tenant> list(Caller caller, PageRequest page);

  /** One tenant. */
  Outcome<Tenant> find(Caller caller, TenantSlug slug);

  /** Changes what is given; lowering a limit stops or drops nothing. */
  Outcome<Tenant> change(Caller caller, TenantSlug slug, TenantChanges changes);

  /** Refuses starts, submits and enrolments from now on; repeating it changes nothing. */
  Outcome<Tenant> suspend(Caller caller, TenantSlug slug);

  /** Opens a suspended tenant again. */
  Outcome<Tenant> resume(Caller caller, TenantSlug slug);

  /** Makes the tenant of local mode unless it is there. */
  Tenant ensureLocal();

  /** A tenant to be made. */
  record NewTenant(
      TenantSlug slug,
      String name,
      PlanName plan,
      WorkerMode workerMode,
      Pool pool,
      String workerType,
      SecretDelivery secretDelivery,
      @Nullable Integer weight,
      List<String> certificateFingerprints) {}

  /**
   * What to change; null leaves a field as it is.
   *
   * @param weight empty takes the tenant's own weight away, so that the plan's holds
   * @param taskMaxConcurrent 0 for no limit beside the plan's
   */
  record TenantChanges(
      @Nullable String name,
      @Nullable PlanName plan,
      @Nullable WorkerMode workerMode,
      @Nullable Pool pool,
      @Nullable String workerType,
      @Nullable SecretDelivery secretDelivery,
      @Nullable Optional<Integer> weight,
      @Nullable List<String> certificateFingerprints,
      @Nullable Integer taskMaxConcurrent) {
    /** Changes nothing but the worker limit. */
    public static TenantChanges workerLimit(int taskMaxConcurrent) {
      return new TenantChanges(null, null, null, null, null, null, null, null, taskMaxConcurrent);
    }
  }
}

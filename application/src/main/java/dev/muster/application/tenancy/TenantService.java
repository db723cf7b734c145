package dev.muster.application.tenancy;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.identity.Ids;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.tenancy.TenantAdministration;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.out.tenancy.Tenants;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Tenants, for operators. */
public final class TenantService implements TenantAdministration {
  private final Transactions transactions;
  private final Tenants tenants;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  /** Keeps tenants in {@code tenants}. */
  public TenantService(
      Transactions transactions,
      Tenants tenants,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.tenants = tenants;
    this.wakeups = wakeups;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome<Tenant> create(Caller caller, NewTenant wanted) {
    return transactions.acrossTenants(() -> {
      Tenant tenant = newTenant(wanted);
      if (!tenants.add(tenant)) {
        return Outcome.refused(Code.SLUG_TAKEN, "There is a tenant of this slug.");
      }
      auditing.done(caller, tenant.id(), "tenant.create", resource(tenant), null, stateOf(tenant));
      return Outcome.done(tenant);
    });
  }

  private Tenant newTenant(NewTenant wanted) {
    Instant now = clock.instant();
    return new Tenant(
        new TenantId(ids.next(now)),
        wanted.slug(),
        wanted.name(),
        wanted.plan(),
        wanted.workerMode(),
        wanted.pool(),
        wanted.workerType(),
        wanted.secretDelivery(),
        wanted.weight(),
        0,
        wanted.certificateFingerprints(),
        TenantStatus.ACTIVE,
        now);
  }

  @Override
  public Page<Tenant> list(Caller caller, PageRequest page) {
    return transactions.acrossTenants(() -> tenants.list(page));
  }

  @Override
  public Outcome<Tenant> find(Caller caller, TenantSlug slug) {
    return transactions.acrossTenants(
        () -> tenants.bySlug(slug).map(Outcome::done).orElseGet(TenantService::unknown));
  }

  @Override
  public Outcome<Tenant> change(Caller caller, TenantSlug slug, TenantChanges changes) {
    boolean limitOnly =
        changes.taskMaxConcurrent() != null
            && changes.equals(TenantChanges.workerLimit(changes.taskMaxConcurrent()));
    return replace(
        caller,
        slug,
        limitOnly ? "tenant.set_worker_limit" : "tenant.update",
        tenant -> TenantEdit.apply(tenant, changes));
  }

  @Override
  public Outcome<Tenant> suspend(Caller caller, TenantSlug slug) {
    return replace(
        caller,
        slug,
        "tenant.suspend",
        tenant -> TenantEdit.withStatus(tenant, TenantStatus.SUSPENDED));
  }

  @Override
  public Outcome<Tenant> resume(Caller caller, TenantSlug slug) {
    return replace(
        caller,
        slug,
        "tenant.resume",
        tenant -> TenantEdit.withStatus(tenant, TenantStatus.ACTIVE));
  }

  private Outcome<Tenant> replace(
      Caller caller, TenantSlug slug, String action, UnaryOperator<Tenant> edit) {
    return transactions.acrossTenants(() -> {
      Optional<Tenant> found = tenants.lockBySlug(slug).filter(t -> !t.id().isSystem());
      if (found.isEmpty()) {
        return unknown();
      }
      Tenant before = found.get();
      Tenant after = edit.apply(before);
      if (!after.equals(before)) {
        tenants.replace(after);
        wakeups.jobsMayWait();
        if (!after.certificateFingerprints().equals(before.certificateFingerprints())) {
          wakeups.credentialsChanged();
        }
        auditing.done(caller, after.id(), action, resource(after), stateOf(before), stateOf(after));
      }
      return Outcome.done(after);
    });
  }

  @Override
  public Tenant ensureLocal() {
    return transactions.acrossTenants(
        () -> tenants.bySlug(TenantSlug.LOCAL).or(this::addLocal).orElseThrow());
  }

  /** Replicas that start together may both try: all but one find the other's. */
  private Optional<Tenant> addLocal() {
    Tenant local =
        newTenant(
            new NewTenant(
                TenantSlug.LOCAL,
                "Local",
                PlanName.ENTERPRISE,
                WorkerMode.AGENT,
                Pool.DEDICATED,
                Tenant.DEFAULT_WORKER_TYPE,
                SecretDelivery.REFERENCE,
                null,
                List.of()));
    if (tenants.add(local)) {
      auditing.doneByServer(local.id(), "tenant.create", resource(local), null, stateOf(local));
    }
    return tenants.bySlug(TenantSlug.LOCAL);
  }

  private static State stateOf(Tenant tenant) {
    return State.of("slug", tenant.slug())
        .with("name", tenant.name())
        .with("plan", tenant.plan())
        .with("worker_mode", tenant.workerMode())
        .with("pool", tenant.pool())
        .with("worker_type", tenant.workerType())
        .with("secret_delivery", tenant.secretDelivery())
        .with("weight", tenant.weight())
        .with("task_max_concurrent", tenant.taskMaxConcurrent())
        .with("certificate_fingerprints", String.join(" ", tenant.certificateFingerprints()))
        .with("status", tenant.status());
  }

  private static Resource resource(Tenant tenant) {
    return new Resource("tenant", tenant.slug().value());
  }

  private static <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such tenant.");
  }
}

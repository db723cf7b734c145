package dev.muster.ports.out.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.out.Pages;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.Transactions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Tenants} must do. */
public abstract class TenantsContract {
  protected abstract Tenants tenants();

  protected abstract Transactions transactions();

  @Test
  void a_tenant_is_found_as_it_was_added() {
    Tenant tenant = unusual(Samples.tenant());

    assertThat(tenants().add(tenant)).isTrue();

    assertThat(tenants().find(tenant.id())).contains(tenant);
    assertThat(tenants().bySlug(tenant.slug())).contains(tenant);
  }

  @Test
  void what_is_not_there_is_not_found() {
    assertThat(tenants().find(new TenantId(Samples.id()))).isEmpty();
    assertThat(tenants().bySlug(new TenantSlug("nobody"))).isEmpty();
    assertThat(tenants().lockBySlug(new TenantSlug("nobody"))).isEmpty();
  }

  @Test
  void the_system_tenant_is_found_by_its_id_only_and_its_slug_cannot_be_had() {
    Tenant system = tenants().find(TenantId.SYSTEM).orElseThrow();

    assertThat(tenants().bySlug(system.slug())).isEmpty();
    assertThat(tenants().lockBySlug(system.slug())).isEmpty();
    assertThat(tenants().add(withSlug(Samples.tenant(), system.slug()))).isFalse();
  }

  @Test
  void a_slug_is_taken_once() {
    Tenant first = Samples.tenant();
    Tenant other = Samples.tenant();
    tenants().add(first);

    assertThat(tenants().add(withSlug(other, first.slug()))).isFalse();

    assertThat(tenants().bySlug(first.slug())).contains(first);
    assertThat(tenants().find(other.id())).isEmpty();
  }

  @Test
  void tenants_are_listed_newest_first_and_the_system_tenant_is_not() {
    Tenant older = Samples.tenant();
    Tenant newer = Samples.tenant();
    tenants().add(newer);
    tenants().add(older);

    List<Tenant> all = Pages.all(1, tenants()::list);

    assertThat(all).containsSubsequence(newer, older);
    assertThat(all).noneMatch(tenant -> tenant.id().isSystem());
    assertThat(tenants().find(TenantId.SYSTEM)).isPresent();
  }

  @Test
  void a_tenant_is_replaced_but_for_its_slug_and_time() {
    Tenant before = Samples.tenant();
    tenants().add(before);

    Tenant after = unusual(before);
    tenants().replace(after);

    assertThat(tenants().find(before.id())).contains(after);
  }

  @Test
  void a_change_under_the_lock_is_not_lost() {
    Tenant tenant = Samples.tenant();
    tenants().add(tenant);
    int changes = 20;

    Race.of(changes, runner -> transactions().acrossTenants(() -> raiseLimit(tenant.slug())));

    assertThat(tenants().find(tenant.id()).orElseThrow().taskMaxConcurrent()).isEqualTo(changes);
  }

  private boolean raiseLimit(TenantSlug slug) {
    Tenant tenant = tenants().lockBySlug(slug).orElseThrow();
    tenants().replace(withLimit(tenant, tenant.taskMaxConcurrent() + 1));
    return true;
  }

  private static Tenant withLimit(Tenant tenant, int limit) {
    return new Tenant(
        tenant.id(),
        tenant.slug(),
        tenant.name(),
        tenant.plan(),
        tenant.workerMode(),
        tenant.pool(),
        tenant.workerType(),
        tenant.secretDelivery(),
        tenant.weight(),
        limit,
        tenant.certificateFingerprints(),
        tenant.status(),
        tenant.createdAt());
  }

  private static Tenant withSlug(Tenant tenant, TenantSlug slug) {
    return new Tenant(
        tenant.id(),
        slug,
        tenant.name(),
        tenant.plan(),
        tenant.workerMode(),
        tenant.pool(),
        tenant.workerType(),
        tenant.secretDelivery(),
        tenant.weight(),
        tenant.taskMaxConcurrent(),
        tenant.certificateFingerprints(),
        tenant.status(),
        tenant.createdAt());
  }

  /** With something else than the default in every field. */
  private static Tenant unusual(Tenant tenant) {
    return new Tenant(
        tenant.id(),
        tenant.slug(),
        "Käse & Söhne",
        PlanName.ENTERPRISE,
        WorkerMode.INLINE,
        Pool.DEDICATED,
        "gpu",
        SecretDelivery.INJECT,
        7,
        3,
        List.of("ab".repeat(32), "cd".repeat(32)),
        TenantStatus.SUSPENDED,
        tenant.createdAt());
  }
}

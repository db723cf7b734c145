package dev.muster.jdbc.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.tenancy.Tenants;
import dev.muster.ports.out.tenancy.TenantsContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcTenantsTest extends TenantsContract {
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected Tenants tenants() {
    return new JdbcTenants(database.transactions());
  }

  @Override
  protected Transactions transactions() {
    return database.transactions();
  }

  @Test
  void the_limits_in_force_follow_the_tenant_and_its_plan() {
    Plan pro = PlanName.PRO.initial();
    Plan smaller = new Plan(PlanName.PRO, 3, 4, 5);
    Tenant tenant = Samples.tenant();
    JdbcPlans plans = new JdbcPlans(database.transactions());

    tenants().add(tenant);
    assertThat(limits(tenant)).isEqualTo(limits(pro.maxQueueSize(), pro.maxConcurrentJobs(), true));

    plans.replace(smaller);
    assertThat(limits(tenant)).isEqualTo(limits(4, 3, true));

    tenants().replace(limited(tenant, 2));
    assertThat(limits(tenant)).isEqualTo(limits(4, 2, false));

    plans.replace(pro);
    assertThat(limits(tenant)).isEqualTo(limits(pro.maxQueueSize(), 2, false));
  }

  @Test
  void the_system_tenant_takes_no_jobs_and_its_slug_cannot_be_had() {
    TenantSlug slug = tenants().find(TenantId.SYSTEM).orElseThrow().slug();

    new JdbcPlans(database.transactions()).replace(PlanName.ENTERPRISE.initial());

    assertThat(limits(TenantId.SYSTEM)).isEqualTo(limits(0, 0, false));
    assertThat(tenants().bySlug(slug)).isEmpty();
    assertThat(tenants().lockBySlug(slug)).isEmpty();
  }

  private static Map<String, Object> limits(int queued, int running, boolean open) {
    return Map.of("max_queued", queued, "max_running", running, "open", open);
  }

  private static Map<String, Object> limits(Tenant tenant) {
    return limits(tenant.id());
  }

  private static Map<String, Object> limits(TenantId tenant) {
    return database
        .asSuperuser()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT max_queued, max_running, open FROM tenant_counters"
                        + " WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .mapToMap()
                .one());
  }

  private static Tenant limited(Tenant tenant, int most) {
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
        most,
        tenant.certificateFingerprints(),
        TenantStatus.SUSPENDED,
        tenant.createdAt());
  }
}

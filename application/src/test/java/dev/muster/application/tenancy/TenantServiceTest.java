package dev.muster.application.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.tenancy.TenantAdministration.TenantChanges;
import dev.muster.ports.out.scheduling.InMemoryWakeups;
import dev.muster.ports.paging.PageRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TenantServiceTest extends UseCaseTest {
  @Test
  void a_tenant_is_made_as_it_was_asked_for_and_in_its_own_audit_log() {
    Tenant tenant =
        value(in().tenants().create(operator(), newTenant("acme", PlanName.PRO, Pool.DEDICATED)));

    assertThat(tenant.status()).isEqualTo(TenantStatus.ACTIVE);
    assertThat(tenant.createdAt()).isEqualTo(now());
    assertThat(value(in().tenants().find(operator(), tenant.slug()))).isEqualTo(tenant);
    AuditEntry entry = audited("tenant.create").getFirst();
    assertThat(entry.tenant()).isEqualTo(tenant.id());
    assertThat(entry.before()).isNull();
    assertThat(entry.after()).contains("\"slug\":\"acme\"").contains("\"pool\":\"dedicated\"");
  }

  @Test
  void a_slug_belongs_to_one_tenant() {
    value(in().tenants().create(operator(), newTenant("acme", PlanName.PRO, Pool.SHARED)));

    assertRefused(
        in().tenants().create(operator(), newTenant("acme", PlanName.FREE, Pool.SHARED)),
        Code.SLUG_TAKEN);
    assertRefused(
        in().tenants().create(operator(), newTenant("system", PlanName.FREE, Pool.SHARED)),
        Code.SLUG_TAKEN);
  }

  @Test
  void a_list_has_every_tenant_but_the_system() {
    Tenant one = tenant(PlanName.FREE);
    Tenant other = tenant(PlanName.FREE);

    assertThat(in().tenants().list(operator(), PageRequest.first()).items())
        .containsExactlyInAnyOrder(one, other);
  }

  @Test
  void a_change_touches_only_what_it_names_and_is_audited_before_and_after() {
    Tenant tenant = tenant(PlanName.FREE);
    ports().wakeups().heard();

    Tenant after =
        value(in().tenants().change(operator(), tenant.slug(), changes("New name", null)));

    assertThat(after.name()).isEqualTo("New name");
    assertThat(after.plan()).isEqualTo(tenant.plan());
    AuditEntry entry = audited("tenant.update").getFirst();
    assertThat(entry.before()).contains("\"name\":\"A tenant\"");
    assertThat(entry.after()).contains("\"name\":\"New name\"");
    assertThat(ports().wakeups().heard()).containsExactly(InMemoryWakeups.JOBS);
  }

  @Test
  void a_weight_is_set_and_taken_away() {
    Tenant tenant = tenant(PlanName.FREE);

    assertThat(weight(tenant, Optional.of(7))).isEqualTo(7);
    assertThat(value(in().tenants().change(operator(), tenant.slug(), changes("x", null))).weight())
        .isEqualTo(7);
    assertThat(weight(tenant, Optional.empty())).isNull();
  }

  @Test
  void what_changes_nothing_leaves_no_entry_and_wakes_nobody() {
    Tenant tenant = tenant(PlanName.FREE);
    suspend(tenant);
    ports().wakeups().heard();

    suspend(tenant);

    assertThat(audited("tenant.suspend")).hasSize(1);
    assertThat(ports().wakeups().heard()).isEmpty();
  }

  @Test
  void a_suspended_tenant_starts_nothing_until_it_is_resumed() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = queued(tenant);
    Agent agent = agent(1);
    suspend(tenant);
    assertThat(ports().jobQueue().standingOf(tenant.id()).orElseThrow().room()).isZero();

    Tenant resumed = value(in().tenants().resume(operator(), tenant.slug()));

    assertThat(resumed.status()).isEqualTo(TenantStatus.ACTIVE);
    assertThat(assigned(job, agent).agent()).isEqualTo(agent.id());
  }

  @Test
  void a_lowered_limit_drops_nothing_that_runs_and_holds_for_the_next_start() {
    Tenant tenant = tenant(PlanName.STARTER);
    Agent agent = agent(5);
    Job running = assigned(tenant, agent);
    assigned(tenant, agent);

    value(in().tenants().change(operator(), tenant.slug(), TenantChanges.workerLimit(1)));

    assertThat(stored(running)).isEqualTo(running);
    assertThat(ports().jobQueue().standingOf(tenant.id()).orElseThrow().cap()).isEqualTo(1);
    assertThat(ports().jobQueue().standingOf(tenant.id()).orElseThrow().room()).isZero();
    value(in().tenants().change(operator(), tenant.slug(), TenantChanges.workerLimit(0)));
    assertThat(ports().jobQueue().standingOf(tenant.id()).orElseThrow().room()).isEqualTo(3);
  }

  @Test
  void the_system_tenant_cannot_be_changed() {
    TenantSlug system = ports().tenants().find(TenantId.SYSTEM).orElseThrow().slug();

    assertRefused(in().tenants().suspend(operator(), system), Code.NOT_FOUND);
    assertRefused(in().tenants().suspend(operator(), new TenantSlug("no-one")), Code.NOT_FOUND);
  }

  @Test
  void the_local_tenant_is_made_once() {
    Tenant local = in().tenants().ensureLocal();

    assertThat(in().tenants().ensureLocal()).isEqualTo(local);
    assertThat(local.slug()).isEqualTo(TenantSlug.LOCAL);
    assertThat(audited("tenant.create")).hasSize(1);
  }

  @Test
  void a_plan_is_replaced_for_all_its_tenants_at_once() {
    Tenant tenant = tenant(PlanName.FREE);
    Plan wider = new Plan(PlanName.FREE, 3, 11, 4);
    ports().wakeups().heard();

    in().plans().replace(operator(), wider);

    assertThat(in().plans().find(operator(), PlanName.FREE)).isEqualTo(wider);
    assertThat(ports().jobQueue().standingOf(tenant.id()).orElseThrow().cap()).isEqualTo(3);
    assertThat(ports().wakeups().heard()).containsExactly(InMemoryWakeups.JOBS);
    AuditEntry entry = audited("plan.update").getFirst();
    assertThat(entry.before()).contains("\"max_concurrent_jobs\":2");
    assertThat(entry.after()).contains("\"max_concurrent_jobs\":3");
  }

  private @Nullable Integer weight(Tenant tenant, Optional<Integer> weight) {
    return value(in().tenants().change(operator(), tenant.slug(), changes(null, weight))).weight();
  }

  private static TenantChanges changes(@Nullable String name, @Nullable Optional<Integer> weight) {
    return new TenantChanges(name, null, null, null, null, null, weight, null, null);
  }
}

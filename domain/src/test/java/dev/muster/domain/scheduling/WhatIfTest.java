package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.scheduling.WhatIf.PlanChange;
import dev.muster.domain.scheduling.WhatIf.TenantChange;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WhatIfTest {
  private static final Map<PlanName, Plan> PLANS =
      Arrays.stream(PlanName.values()).collect(Collectors.toMap(name -> name, PlanName::initial));

  private final World world =
      new ImaginedWorld().tenant(1, 2, 2).tenant(2, 10, 10).agent(1, 4).agent(2, 4).world();

  @Test
  void a_plan_changes_for_its_tenants_in_what_is_named_only() {
    World changed = in(ofPlans(Map.of(PlanName.FREE, new PlanChange(7, null, null))));

    assertThat(limits(changed, 1)).containsExactly(7, 2);
    assertThat(limits(changed, 2)).containsExactly(10, 10);
    assertThat(limits(in(ofPlans(Map.of(PlanName.PRO, new PlanChange(null, 1, 3)))), 2))
        .containsExactly(10, 3);
  }

  @Test
  void a_tenants_own_limits_stand_before_those_of_its_plan() {
    TenantChange change = new TenantChange(9, 1, null);

    assertThat(limits(in(ofTenant(1, change)), 1)).containsExactly(1, 9);
    assertThat(
            limits(
                in(
                    new WhatIf(
                        Map.of(PlanName.FREE, new PlanChange(7, 7, 7)),
                        Map.of(Queue.slug(1), change),
                        List.of(),
                        Set.of())),
                1))
        .containsExactly(1, 9);
  }

  @Test
  void a_tenant_is_closed_and_opened() {
    World closed = in(ofTenant(1, new TenantChange(null, null, true)));

    assertThat(closed.tenants().get(0).open()).isFalse();
    assertThat(closed.tenants().get(1).open()).isTrue();
    assertThat(in(ofTenant(1, new TenantChange(null, null, false))).tenants().get(0).open())
        .isTrue();
  }

  @Test
  void agents_come_and_go() {
    Seeker added = Queue.seeker(3, 8, 0, 8);

    World changed = in(new WhatIf(Map.of(), Map.of(), List.of(added), Set.of(Queue.agent(1))));

    assertThat(changed.agents()).containsExactly(world.agents().get(1), added);
  }

  @Test
  void where_nothing_is_otherwise_the_world_is_the_same() {
    WhatIf nothing = ofPlans(Map.of());

    assertThat(in(nothing)).isEqualTo(world);
    assertThat(nothing.isAboutTenants()).isFalse();
    assertThat(ofTenant(1, new TenantChange(1, 1, true)).isAboutTenants()).isTrue();
    assertThat(ofTenant(1, new TenantChange(1, 1, true)).in(world, Map.of(), PLANS))
        .isEqualTo(world);
  }

  private static WhatIf ofPlans(Map<PlanName, PlanChange> plans) {
    return new WhatIf(plans, Map.of(), List.of(), Set.of());
  }

  private static WhatIf ofTenant(int number, TenantChange change) {
    return new WhatIf(Map.of(), Map.of(Queue.slug(number), change), List.of(), Set.of());
  }

  private World in(WhatIf question) {
    Map<TenantSlug, Tenant> tenants =
        Map.of(Queue.slug(1), tenant(1, PlanName.FREE), Queue.slug(2), tenant(2, PlanName.PRO));
    return question.in(world, tenants, PLANS);
  }

  private static List<Integer> limits(World world, int tenant) {
    TenantStanding standing = world.tenants().get(tenant - 1);
    return List.of(standing.cap(), standing.weight());
  }

  private static Tenant tenant(int number, PlanName plan) {
    return new Tenant(
        Queue.tenant(number),
        Queue.slug(number),
        "A tenant",
        plan,
        WorkerMode.AGENT,
        Pool.SHARED,
        Tenant.DEFAULT_WORKER_TYPE,
        SecretDelivery.REFERENCE,
        null,
        0,
        List.of(),
        TenantStatus.ACTIVE,
        Instant.EPOCH);
  }
}

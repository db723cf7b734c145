package dev.muster.domain.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenancyTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "acme", "acme-2", "a--b"})
  void a_slug_is_a_dns_label(String slug) {
    assertThat(new TenantSlug(slug)).hasToString(slug);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "Acme", "a_b", "a.b", "a b", "ä", "acme\n", "*"})
  void anything_else_is_no_slug(String slug) {
    assertThatThrownBy(() -> new TenantSlug(slug)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_slug_has_at_most_63_characters() {
    assertThat(new TenantSlug("a".repeat(63)).value()).hasSize(63);
    assertThatThrownBy(() -> new TenantSlug("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"FREE,2,10,2", "STARTER,5,50,5", "PRO,10,100,10", "ENTERPRISE,50,500,50"})
  void plans_begin_with_these_limits(PlanName name, int running, int queued, int weight) {
    assertThat(name.initial()).isEqualTo(new Plan(name, running, queued, weight));
  }

  @Test
  void a_plan_has_no_limit_below_one() {
    assertThatThrownBy(() -> new Plan(PlanName.FREE, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Plan(PlanName.FREE, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Plan(PlanName.FREE, 1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0,5", "3,3", "5,5", "9,5"})
  void a_tenants_own_limit_lowers_the_plans_cap_and_never_raises_it(int limit, int cap) {
    assertThat(tenant(limit, null).cap(PlanName.STARTER.initial())).isEqualTo(cap);
  }

  @Test
  void a_tenants_own_weight_replaces_the_plans() {
    assertThat(tenant(0, null).effectiveWeight(PlanName.PRO.initial())).isEqualTo(10);
    assertThat(tenant(0, 3).effectiveWeight(PlanName.PRO.initial())).isEqualTo(3);
  }

  @Test
  void only_one_id_is_the_system_tenants() {
    assertThat(TenantId.SYSTEM).hasToString("00000000-0000-0000-0000-000000000001");
    assertThat(TenantId.SYSTEM.isSystem()).isTrue();
    assertThat(new TenantId(new UUID(0, 2)).isSystem()).isFalse();
  }

  private static Tenant tenant(int taskMaxConcurrent, Integer weight) {
    return new Tenant(
        new TenantId(new UUID(1, 2)),
        new TenantSlug("acme"),
        "Acme",
        PlanName.STARTER,
        WorkerMode.AGENT,
        Pool.SHARED,
        Tenant.DEFAULT_WORKER_TYPE,
        SecretDelivery.REFERENCE,
        weight,
        taskMaxConcurrent,
        List.of(),
        TenantStatus.ACTIVE,
        Instant.EPOCH);
  }
}

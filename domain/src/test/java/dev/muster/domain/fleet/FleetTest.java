package dev.muster.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {
  private static final Instant SEEN = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(strings = {"a", "scan-01.eu_west", "A.B"})
  void a_name_has_letters_digits_and_little_else(String name) {
    assertThat(new AgentName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:b", "a/b", "ä", "a\n"})
  void anything_else_is_no_name(String name) {
    assertThatThrownBy(() -> new AgentName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_name_has_at_most_63_characters() {
    assertThat(new AgentName("a".repeat(63)).value()).hasSize(63);
    assertThatThrownBy(() -> new AgentName("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_claim_names_never_more_than_what_was_enrolled() {
    Abilities enrolled = Abilities.of(Set.of("ldap", "nuclei"), Set.of("nmap"), "eu");
    Abilities claimed = Abilities.of(Set.of("nuclei", "zap"), Set.of("nmap", "curl"), "us");

    assertThat(claimed.within(enrolled))
        .isEqualTo(Abilities.of(Set.of("nuclei"), Set.of("nmap"), "eu"));
  }

  @Test
  void an_agent_is_online_within_one_lease_of_its_last_call() {
    assertThat(agent(TenantId.SYSTEM, true, false, SEEN).isOnline(SEEN, LEASE)).isTrue();
    assertThat(agent(TenantId.SYSTEM, true, false, SEEN).isOnline(SEEN.plusSeconds(59), LEASE))
        .isTrue();
    assertThat(agent(TenantId.SYSTEM, true, false, SEEN).isOnline(SEEN.plusSeconds(60), LEASE))
        .isFalse();
    assertThat(agent(TenantId.SYSTEM, true, false, null).isOnline(SEEN, LEASE)).isFalse();
  }

  @Test
  void an_agent_that_is_disabled_or_draining_takes_no_work() {
    assertThat(agent(TenantId.SYSTEM, true, false, SEEN).takesWork()).isTrue();
    assertThat(agent(TenantId.SYSTEM, false, false, SEEN).takesWork()).isFalse();
    assertThat(agent(TenantId.SYSTEM, true, true, SEEN).takesWork()).isFalse();
  }

  @Test
  void an_agent_of_the_system_tenant_is_in_the_shared_pool() {
    assertThat(agent(TenantId.SYSTEM, true, false, SEEN).pool()).isEqualTo(Pool.SHARED);
    assertThat(agent(new TenantId(new UUID(1, 2)), true, false, SEEN).pool())
        .isEqualTo(Pool.DEDICATED);
  }

  private static Agent agent(TenantId tenant, boolean enabled, boolean draining, Instant seen) {
    return new Agent(
        new AgentId(new UUID(3, 4)),
        tenant,
        new AgentName("a"),
        Abilities.of(Set.of(), Set.of(), null),
        "task",
        null,
        4,
        1,
        enabled,
        draining,
        null,
        seen,
        Instant.EPOCH);
  }
}

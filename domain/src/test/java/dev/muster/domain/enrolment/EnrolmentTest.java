package dev.muster.domain.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnrolmentTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Abilities ABLE = Abilities.of(Set.of("ldap", "zap"), Set.of("nmap"), "eu");

  @Test
  void no_demands_refuse_nobody() {
    assertThat(Constraints.NONE.refusal(Abilities.of(Set.of(), Set.of(), null))).isEmpty();
  }

  @Test
  void who_has_all_that_is_demanded_may_have_more() {
    assertThat(demanding("eu", Set.of("ldap"), Set.of("nmap")).refusal(ABLE)).isEmpty();
  }

  @Test
  void a_refusal_says_what_was_wrong() {
    assertThat(demanding("us", Set.of(), Set.of()).refusal(ABLE))
        .contains(EnrolmentRefusal.WRONG_REGION);
    assertThat(demanding(null, Set.of("nuclei"), Set.of()).refusal(ABLE))
        .contains(EnrolmentRefusal.MISSING_CAPABILITY);
    assertThat(demanding(null, Set.of(), Set.of("curl")).refusal(ABLE))
        .contains(EnrolmentRefusal.MISSING_TOOL);
    assertThat(demanding("eu", Set.of(), Set.of()).refusal(Abilities.of(Set.of(), Set.of(), null)))
        .contains(EnrolmentRefusal.WRONG_REGION);
  }

  @Test
  void a_token_admits_until_its_time_or_its_uses_are_over() {
    assertThat(token(9, NOW.plusNanos(1), null).refusal(ABLE, NOW)).isEmpty();
    assertThat(token(9, NOW, null).refusal(ABLE, NOW)).contains(EnrolmentRefusal.EXPIRED);
    assertThat(token(10, NOW.plusNanos(1), null).refusal(ABLE, NOW))
        .contains(EnrolmentRefusal.EXHAUSTED);
  }

  @Test
  void that_a_token_was_revoked_is_said_before_all_else() {
    assertThat(token(10, NOW, NOW).refusal(ABLE, NOW)).contains(EnrolmentRefusal.REVOKED);
  }

  private static Constraints demanding(String region, Set<String> capabilities, Set<String> tools) {
    return new Constraints(region, new TreeSet<>(capabilities), new TreeSet<>(tools));
  }

  private static EnrolmentToken token(int uses, Instant expiresAt, Instant revokedAt) {
    return new EnrolmentToken(
        new EnrolmentTokenId(new UUID(1, 2)),
        TenantId.SYSTEM,
        "abcdef",
        "",
        Constraints.NONE,
        10,
        uses,
        expiresAt,
        revokedAt,
        null,
        NOW,
        "somebody");
  }
}

package dev.muster.ports.out.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.AgentGrant.Grantor;
import dev.muster.domain.access.Permission;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.AgentKeys.SealedUpdateKey;
import dev.muster.ports.out.fleet.AgentLogins.Login;
import dev.muster.ports.out.fleet.Sightings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AgentKeys} and {@link AgentLogins} must do. */
public abstract class AgentKeysContract {
  private static final Instant NOW = Samples.NOW;
  private static final UUID HERE = new UUID(1, 1);
  private static final UUID ELSEWHERE = new UUID(2, 2);

  private Agent agent = Samples.agent(TenantId.SYSTEM);

  protected abstract Agents agents();

  protected abstract Sightings sightings();

  protected abstract AgentKeys keys();

  protected abstract AgentLogins logins();

  protected abstract AgentGrants grants();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  @BeforeEach
  void anAgent() {
    TenantId tenant = aTenant();
    agent = Samples.agent(tenant);
    agents().add(tenant, agent);
  }

  @Test
  void an_agent_is_found_by_its_key() {
    TokenHash hash = withKey();

    assertThat(foundBy(hash, NOW)).contains(agent);
    assertThat(foundBy(Samples.hash(), NOW)).isEmpty();
    assertThat(logins().byId(agent.id()).map(Login::agent)).contains(agent);
  }

  @Test
  void a_key_ends_with_its_own_time_or_its_grace_whichever_is_first() {
    TokenHash lasting = withKey();
    TokenHash ending = Samples.hash();
    keys().add(agent.tenant(), agent.id(), ending, "mst_agent_wxyz", NOW, NOW.plusSeconds(10));

    assertThat(keys().endAll(agent.tenant(), agent.id(), NOW, NOW.plusSeconds(60))).isEqualTo(2);

    assertThat(foundBy(ending, NOW.plusSeconds(9))).contains(agent);
    assertThat(foundBy(ending, NOW.plusSeconds(10))).isEmpty();
    assertThat(foundBy(lasting, NOW.plusSeconds(59))).contains(agent);
    assertThat(foundBy(lasting, NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void the_end_of_a_grace_is_not_put_off() {
    TokenHash hash = withKey();
    keys().endAll(agent.tenant(), agent.id(), NOW, NOW.plusSeconds(60));
    keys().endAll(agent.tenant(), agent.id(), NOW.plusSeconds(30), NOW.plusSeconds(90));

    assertThat(foundBy(hash, NOW.plusSeconds(60))).isEmpty();
    assertThat(keys().endAll(agent.tenant(), agent.id(), NOW.plusSeconds(60), NOW.plusSeconds(99)))
        .isZero();
  }

  @Test
  void revoking_counts_generations_and_the_live_keys() {
    TokenHash hash = withKey();
    withKey();
    assertThat(logins().byKey(hash, NOW).orElseThrow().keyGeneration()).isZero();

    assertThat(keys().revokeAll(agent.tenant(), agent.id(), NOW)).isEqualTo(2);
    assertThat(keys().revokeAll(agent.tenant(), agent.id(), NOW)).isZero();

    assertThat(logins().byKey(withKey(), NOW).orElseThrow().keyGeneration()).isEqualTo(2);
  }

  @Test
  void keys_are_listed_with_their_last_use_and_for_their_tenant_only() {
    TokenHash hash = withKey();
    keys().used(agent.tenant(), hash, NOW.plusSeconds(5));
    keys().revokeAll(agent.tenant(), agent.id(), NOW.plusSeconds(6));

    assertThat(keys().list(agent.tenant(), agent.id()))
        .containsExactly(
            new AgentKey(
                agent.id(), "mst_agent_abcd", NOW, null, NOW.plusSeconds(6), NOW.plusSeconds(5)));
    assertThat(keys().list(aTenant(), agent.id())).isEmpty();
    assertThat(keys().revokeAll(aTenant(), agent.id(), NOW)).isZero();
  }

  @Test
  void a_login_tells_when_its_key_was_used() {
    TokenHash hash = withKey();
    assertThat(logins().byKey(hash, NOW).orElseThrow().keyUsedAt()).isNull();

    keys().used(agent.tenant(), hash, NOW);

    assertThat(logins().byKey(hash, NOW).orElseThrow().keyUsedAt()).isEqualTo(NOW);
  }

  @Test
  void the_first_installation_settles_and_keeps_the_others_out_while_it_lives() {
    TokenHash hash = withKey();
    assertThat(logins().byKey(hash, NOW).orElseThrow().installation()).isNull();
    Instant gone = NOW.minusSeconds(60);

    assertThat(logins().settle(agent, HERE, NOW, gone)).contains(true);
    assertThat(logins().settle(agent, HERE, NOW.plusMillis(1), gone)).contains(false);
    assertThat(logins().settle(agent, ELSEWHERE, NOW, gone)).isEmpty();
    assertThat(logins().byKey(hash, NOW).orElseThrow().installation()).isEqualTo(HERE);
  }

  @Test
  void of_twenty_installations_that_come_at_once_one_settles() throws Exception {
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      UUID installation = new UUID(3, i);
      all.add(() -> logins().settle(agent, installation, NOW, NOW.minusSeconds(60)).isPresent());
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      int settled = 0;
      for (Future<Boolean> each : pool.invokeAll(all)) {
        settled += each.get() ? 1 : 0;
      }
      assertThat(settled).isEqualTo(1);
    }
  }

  @Test
  void an_installation_is_forgotten_with_the_keys_that_are_taken_back() {
    logins().settle(agent, HERE, NOW, NOW.minusSeconds(60));

    keys().revokeAll(agent.tenant(), agent.id(), NOW);

    assertThat(logins().byKey(withKey(), NOW).orElseThrow().installation()).isNull();
    assertThat(logins().settle(agent, ELSEWHERE, NOW, NOW.minusSeconds(60))).contains(true);
  }

  @Test
  void another_installation_takes_over_once_the_agent_is_silent_and_then_has_its_time() {
    TokenHash hash = withKey();
    logins().settle(agent, HERE, NOW, NOW.minusSeconds(60));
    sightings().note(List.of(new Sighting(agent.tenant(), agent.id(), NOW.plusSeconds(30), null)));

    assertThat(logins().settle(agent, ELSEWHERE, NOW.plusSeconds(89), NOW.plusSeconds(29)))
        .isEmpty();
    assertThat(logins().settle(agent, ELSEWHERE, NOW.plusSeconds(90), NOW.plusSeconds(30)))
        .contains(true);
    assertThat(logins().byKey(hash, NOW).orElseThrow().installation()).isEqualTo(ELSEWHERE);
    assertThat(logins().settle(agent, HERE, NOW.plusSeconds(91), NOW.plusSeconds(31))).isEmpty();
  }

  @Test
  void a_login_comes_with_what_the_agent_was_granted() {
    TokenHash hash = withKey();
    AgentGrant reading = grant(Permission.DATA_READ);
    AgentGrant working = grant(Permission.WORKFLOW_EXECUTE);

    grants().replace(agent.tenant(), agent.id(), List.of(working, reading));
    assertThat(grants().of(agent.tenant(), agent.id())).containsExactlyInAnyOrder(working, reading);
    assertThat(logins().byKey(hash, NOW).orElseThrow().granted())
        .containsExactlyInAnyOrder(Permission.DATA_READ, Permission.WORKFLOW_EXECUTE);
    assertThat(grants().of(aTenant(), agent.id())).isEmpty();

    grants().replace(agent.tenant(), agent.id(), List.of(reading));
    assertThat(grants().of(agent.tenant(), agent.id())).containsExactly(reading);
    assertThat(logins().byId(agent.id()).orElseThrow().granted())
        .containsExactly(Permission.DATA_READ);
  }

  private static AgentGrant grant(Permission permission) {
    return new AgentGrant(
        permission, new Grantor("operator", new UUID(1, 2), "root"), NOW, "for tests");
  }

  private Optional<Agent> foundBy(TokenHash hash, Instant now) {
    return logins().byKey(hash, now).map(Login::agent);
  }

  @Test
  void revoked_keys_find_nobody_and_keys_made_later_do() {
    TokenHash before = withKey();
    keys().revokeAll(agent.tenant(), agent.id(), NOW);
    TokenHash after = withKey();

    assertThat(foundBy(before, NOW)).isEmpty();
    assertThat(foundBy(after, NOW)).contains(agent);
  }

  @Test
  void the_keys_of_a_removed_agent_find_nobody() {
    TokenHash hash = withKey();
    keep(1);

    agents().remove(agent.tenant(), agent.id());

    assertThat(logins().byKey(hash, NOW)).isEmpty();
    assertThat(keys().updateKey(agent.tenant(), agent.id())).isEmpty();
  }

  private void keep(int version) {
    SealedUpdateKey key = new SealedUpdateKey(version, new byte[] {(byte) version});
    keys().keepUpdateKey(agent.tenant(), agent.id(), key);
  }

  @Test
  void the_newest_update_key_is_kept_and_for_its_tenant_only() {
    assertThat(keys().updateKey(agent.tenant(), agent.id())).isEmpty();
    keep(1);
    keep(2);

    assertThat(keys().updateKey(agent.tenant(), agent.id()))
        .hasValueSatisfying(key -> {
          assertThat(key.version()).isEqualTo(2);
          assertThat(key.sealed()).containsExactly(2);
        });
    assertThatThrownBy(() -> keep(2)).isInstanceOf(IllegalStateException.class);
    assertThat(keys().updateKey(aTenant(), agent.id())).isEmpty();
  }

  @Test
  void an_agent_that_went_silent_is_noted_once_until_it_calls_again() {
    Instant lease = NOW.plus(Duration.ofMinutes(1));
    sightings().note(List.of(new Sighting(agent.tenant(), agent.id(), NOW, null)));

    assertThat(idsOf(NOW)).doesNotContain(agent.id());
    assertThat(idsOf(lease)).contains(agent.id());
    assertThat(idsOf(lease)).doesNotContain(agent.id());

    sightings().note(List.of(new Sighting(agent.tenant(), agent.id(), NOW.plusSeconds(10), null)));
    assertThat(idsOf(lease)).contains(agent.id());
  }

  @Test
  void an_agent_that_never_called_has_not_gone_silent() {
    assertThat(idsOf(NOW.plus(Duration.ofDays(1)))).doesNotContain(agent.id());
  }

  private List<AgentId> idsOf(Instant offlineSince) {
    return logins().newlyOffline(offlineSince, 1000).stream().map(Agent::id).toList();
  }

  private TokenHash withKey() {
    TokenHash hash = Samples.hash();
    keys().add(agent.tenant(), agent.id(), hash, "mst_agent_abcd", NOW);
    return hash;
  }
}

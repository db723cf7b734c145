package dev.muster.ports.out.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AgentKeys} and {@link AgentLogins} must do. */
public abstract class AgentKeysContract {
  private static final Instant NOW = Samples.NOW;

  private Agent agent = Samples.agent(TenantId.SYSTEM);

  protected abstract Agents agents();

  protected abstract AgentKeys keys();

  protected abstract AgentLogins logins();

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

    assertThat(logins().byKey(hash, NOW)).contains(agent);
    assertThat(logins().byKey(Samples.hash(), NOW)).isEmpty();
  }

  @Test
  void revoked_keys_find_nobody_and_keys_made_later_do() {
    TokenHash before = withKey();
    keys().revokeAll(agent.tenant(), agent.id(), NOW);
    TokenHash after = withKey();

    assertThat(logins().byKey(before, NOW)).isEmpty();
    assertThat(logins().byKey(after, NOW)).contains(agent);
  }

  @Test
  void the_keys_of_a_removed_agent_find_nobody() {
    TokenHash hash = withKey();
    keys().keepUpdateKey(agent.tenant(), agent.id(), new byte[] {1});

    agents().remove(agent.tenant(), agent.id());

    assertThat(logins().byKey(hash, NOW)).isEmpty();
    assertThat(keys().updateKey(agent.tenant(), agent.id())).isEmpty();
  }

  @Test
  void the_newest_update_key_is_kept_and_for_its_tenant_only() {
    assertThat(keys().updateKey(agent.tenant(), agent.id())).isEmpty();
    keys().keepUpdateKey(agent.tenant(), agent.id(), new byte[] {1});
    keys().keepUpdateKey(agent.tenant(), agent.id(), new byte[] {2});

    assertThat(keys().updateKey(agent.tenant(), agent.id()))
        .hasValueSatisfying(sealed -> assertThat(sealed).containsExactly(2));
    assertThat(keys().updateKey(aTenant(), agent.id())).isEmpty();
  }

  @Test
  void an_agent_that_went_silent_is_noted_once_until_it_calls_again() {
    Instant lease = NOW.plus(Duration.ofMinutes(1));
    agents().seen(agent.tenant(), agent.id(), NOW, null);

    assertThat(idsOf(NOW)).doesNotContain(agent.id());
    assertThat(idsOf(lease)).contains(agent.id());
    assertThat(idsOf(lease)).doesNotContain(agent.id());

    agents().seen(agent.tenant(), agent.id(), NOW.plusSeconds(10), null);
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

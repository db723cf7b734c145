package dev.muster.ports.out.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.enrolment.NamedAgents.NamedAgent;
import dev.muster.ports.out.enrolment.NamedAgents.Presence;
import dev.muster.ports.out.enrolment.NamedAgents.SharedToken;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.Sightings;
import dev.muster.ports.out.fleet.Sightings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link NamedAgents} must do, with {@link SharedAgentPools} for their tokens. */
public abstract class NamedAgentsContract {
  private static final Instant NOW = Samples.NOW;
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final UUID PRESENTED = new UUID(1, 1);

  private TenantId tenant = TenantId.SYSTEM;

  protected abstract NamedAgents named();

  protected abstract SharedAgentPools pools();

  protected abstract Agents agents();

  protected abstract Sightings sightings();

  protected abstract AgentLogins logins();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  @BeforeEach
  void somebodyNew() {
    tenant = aTenant();
  }

  @Test
  void an_agent_that_was_enrolled_otherwise_does_not_come_by_name() {
    Agent enrolled = Samples.agent(tenant);
    agents().add(tenant, enrolled);

    assertThat(named().find(tenant, enrolled.name())).isEmpty();
  }

  @Test
  void an_agent_is_found_by_its_name_in_its_tenant() {
    UUID instance = Samples.id();
    Agent agent = coming(instance);

    NamedAgent found = found(agent);

    assertThat(found.agent()).isEqualTo(agent);
    assertThat(found.flow()).isEqualTo(Flow.AGENT_TOKEN);
    assertThat(found.instance()).isEqualTo(instance);
    assertThat(found.presented()).isEqualTo(PRESENTED);
    assertThat(named().find(aTenant(), agent.name())).isEmpty();
    assertThat(named().whoPresented(tenant, PRESENTED)).containsExactly(agent.id());
    assertThat(named().whoPresented(tenant, Samples.id())).isEmpty();
  }

  @Test
  void nobody_speaks_under_the_name_of_an_installation_that_is_alive() {
    UUID first = Samples.id();
    Agent agent = coming(first);
    seen(agent, 30);

    assertThat(speak(agent, Samples.id(), 60)).isFalse();
    assertThat(speak(agent, first, 60)).isTrue();
    assertThat(speak(agent, null, 60)).as("who says nothing").isFalse();
    assertThat(found(agent).instance()).isEqualTo(first);
  }

  @Test
  void who_has_been_silent_for_a_lease_is_taken_over_and_then_lives_again() {
    Agent agent = coming(Samples.id());
    UUID second = Samples.id();
    seen(agent, 30);

    assertThat(speak(agent, second, 89)).isFalse();
    assertThat(speak(agent, second, 90)).isTrue();
    assertThat(speak(agent, Samples.id(), 91)).as("the second has just come").isFalse();
    assertThat(found(agent).instance()).isEqualTo(second);
  }

  @Test
  void who_says_nothing_takes_a_silent_name_and_has_nothing_to_keep_others_out_with() {
    Agent agent = coming(Samples.id());

    assertThat(speak(agent, null, 60)).isTrue();
    assertThat(found(agent).instance()).isNull();
    assertThat(speak(agent, Samples.id(), 61)).isTrue();
  }

  @Test
  void of_fifty_who_come_at_once_three_find_a_place_and_one_more_when_one_has_gone() {
    List<Agent> all = IntStream.range(0, 50).mapToObj(i -> Samples.agent(tenant)).toList();
    all.forEach(agent -> agents().add(tenant, agent));

    List<Boolean> placed = Race.of(50, i -> isPlaced(all.get(i), 3));

    assertThat(placed).filteredOn(each -> each).hasSize(3);
    Agent gone = all.get(placed.indexOf(true));
    Agent late = all.get(placed.indexOf(false));
    assertThat(isPlaced(late, 3)).isFalse();
    agents().remove(tenant, gone.id());
    agents().remove(tenant, gone.id());
    assertThat(isPlaced(late, 3)).isTrue();
    assertThat(isPlaced(all.get(placed.lastIndexOf(false)), 3)).isFalse();
  }

  private boolean isPlaced(Agent agent, int most) {
    Presence presence = new Presence(null, PRESENTED, NOW);
    return named().add(tenant, agent.id(), Flow.AGENT_TOKEN, presence, most);
  }

  @Test
  void who_has_not_called_yet_is_not_taken_over_at_once() {
    Agent agent = coming(Samples.id());

    assertThat(speak(agent, Samples.id(), 59)).isFalse();
    assertThat(speak(agent, Samples.id(), 60)).isTrue();
  }

  @Test
  void of_fifty_installations_at_once_one_takes_a_silent_name() {
    Agent agent = coming(Samples.id());
    seen(agent, 0);

    List<Boolean> taken = Race.of(50, i -> speak(agent, Samples.id(), 100));

    assertThat(taken).filteredOn(each -> each).hasSize(1);
  }

  @Test
  void of_fifty_installations_at_once_one_is_the_first() {
    Agent agent = coming(null);

    List<Boolean> taken = Race.of(50, i -> speak(agent, Samples.id(), 0));

    assertThat(taken).filteredOn(each -> each).hasSize(1);
  }

  @Test
  void what_is_presented_last_is_known() {
    Agent agent = coming(null);
    UUID other = Samples.id();

    assertThat(named().speak(tenant, agent.id(), new Presence(null, other, NOW), NOW)).isTrue();

    assertThat(named().whoPresented(tenant, other)).containsExactly(agent.id());
    assertThat(named().whoPresented(tenant, PRESENTED)).isEmpty();
  }

  @Test
  void what_an_agent_says_of_itself_replaces_what_it_said() {
    Agent agent = coming(null);
    Abilities abilities = Abilities.of(Set.of("ldap"), Set.of("curl"), "us");

    named().declare(tenant, agent.id(), abilities, 9, "2.0");

    Agent after = found(agent).agent();
    assertThat(after.abilities()).isEqualTo(abilities);
    assertThat(after.maxConcurrent()).isEqualTo(9);
    assertThat(after.version()).isEqualTo("2.0");
    named().declare(tenant, agent.id(), abilities, 9, null);
    assertThat(found(agent).agent().version()).isEqualTo("2.0");
  }

  @Test
  void a_fresh_token_has_the_one_before_end_soon() {
    Agent agent = coming(null);
    PlatformKeyId key = new PlatformKeyId(Samples.id());
    SharedToken first = token(key, 0);
    SharedToken second = token(key, 100);
    named().giveToken(tenant, agent.id(), first, NOW);

    named().giveToken(tenant, agent.id(), second, NOW.plusSeconds(110));

    assertThat(isLive(first, 109)).isTrue();
    assertThat(isLive(first, 110)).isFalse();
    assertThat(isLive(second, 110)).isTrue();
    assertThat(isLive(second, 100 + 4 * 3600)).isFalse();
  }

  @Test
  void tokens_end_with_the_key_under_which_they_were_given() {
    Agent agent = coming(null);
    Agent another = coming(null);
    pools().add(tenant, new SharedAgentPool(null, null, null, NOW));
    PlatformKeyId old = new PlatformKeyId(Samples.id());
    PlatformKeyId current = new PlatformKeyId(Samples.id());
    pools().addKey(tenant, new KeptPlatformKey(old, "00000001", NOW, null), new byte[] {1});
    SharedToken ofOld = token(old, 0);
    SharedToken ofCurrent = token(current, 0);
    named().giveToken(tenant, agent.id(), ofOld, NOW);
    named().giveToken(tenant, another.id(), ofCurrent, NOW);

    pools().endKey(tenant, old, NOW.plusSeconds(60));

    assertThat(isLive(ofOld, 59)).isTrue();
    assertThat(isLive(ofOld, 60)).isFalse();
    assertThat(isLive(ofCurrent, 60)).isTrue();
  }

  private boolean isLive(SharedToken token, int second) {
    return logins().byKey(token.hash(), NOW.plusSeconds(second)).isPresent();
  }

  private static SharedToken token(PlatformKeyId key, int second) {
    Instant from = NOW.plusSeconds(second);
    return new SharedToken(
        Samples.hash(), "mst_shared_abcd", from, from.plus(Duration.ofHours(4)), key);
  }

  private Agent coming(@Nullable UUID instance) {
    Agent agent = Samples.agent(tenant);
    agents().add(tenant, agent);
    Presence presence = new Presence(instance, PRESENTED, NOW);
    assertThat(named().add(tenant, agent.id(), Flow.AGENT_TOKEN, presence, 100)).isTrue();
    return agent;
  }

  private NamedAgent found(Agent agent) {
    return named().find(tenant, agent.name()).orElseThrow();
  }

  private void seen(Agent agent, int second) {
    sightings().note(List.of(new Sighting(tenant, agent.id(), NOW.plusSeconds(second), null)));
  }

  private boolean speak(Agent agent, @Nullable UUID instance, int second) {
    Instant at = NOW.plusSeconds(second);
    return named()
        .speak(tenant, agent.id(), new Presence(instance, PRESENTED, at), at.minus(LEASE));
  }
}

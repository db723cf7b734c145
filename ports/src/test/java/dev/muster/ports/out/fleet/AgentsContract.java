package dev.muster.ports.out.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.in.fleet.AgentAdministration.AgentFilter;
import dev.muster.ports.in.fleet.AgentAdministration.AgentStats;
import dev.muster.ports.out.Pages;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.Sightings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link Agents} must do. */
public abstract class AgentsContract {
  private static final Instant SEEN = Samples.NOW.plus(Duration.ofHours(1));
  private static final Instant ONLINE_SINCE = SEEN.minusSeconds(60);

  protected abstract Agents agents();

  protected abstract Sightings sightings();

  /** The id of a tenant that is there and has no agents. */
  protected abstract TenantId aTenant();

  @Test
  void an_agent_is_found_as_it_was_added() {
    TenantId tenant = aTenant();
    Agent agent = unusual(Samples.agent(tenant));

    assertThat(agents().add(tenant, agent)).isTrue();

    assertThat(agents().find(tenant, agent.id())).contains(agent);
    assertThat(agents().lock(tenant, agent.id())).contains(agent);
    assertThat(agents().byName(tenant, agent.name())).contains(agent);
  }

  @Test
  void a_platform_agent_is_found_as_it_was_added() {
    Agent agent = Samples.agent(TenantId.SYSTEM);

    agents().add(TenantId.SYSTEM, agent);

    assertThat(agents().find(TenantId.SYSTEM, agent.id())).contains(agent);
  }

  @Test
  void another_tenants_agent_is_not_found() {
    TenantId tenant = aTenant();
    Agent agent = Samples.agent(tenant);
    agents().add(tenant, agent);
    TenantId other = aTenant();

    assertThat(agents().find(other, agent.id())).isEmpty();
    assertThat(agents().lock(other, agent.id())).isEmpty();
    assertThat(agents().byName(other, agent.name())).isEmpty();
    agents().remove(other, agent.id());
    agents().steer(other, agent.id(), false, true, null);
    assertThat(agents().find(tenant, agent.id())).contains(agent);
  }

  @Test
  void a_name_is_taken_once_within_a_tenant() {
    TenantId tenant = aTenant();
    Agent agent = Samples.agent(tenant);
    agents().add(tenant, agent);
    TenantId other = aTenant();

    assertThat(agents().add(tenant, named(agent.name(), Samples.agent(tenant)))).isFalse();
    assertThat(agents().add(other, named(agent.name(), Samples.agent(other)))).isTrue();
  }

  @Test
  void agents_are_listed_newest_first() {
    TenantId tenant = aTenant();
    Agent older = added(Samples.agent(tenant));
    Agent newer = added(Samples.agent(tenant));

    assertThat(list(tenant, AgentFilter.ALL)).containsExactly(newer, older);
  }

  @Test
  void a_filter_says_which_agents() {
    TenantId tenant = aTenant();
    Agent silent = added(Samples.agent(tenant));
    Agent online = added(seenAt(SEEN, Samples.agent(tenant)));
    Agent offline = added(seenAt(ONLINE_SINCE, Samples.agent(tenant)));
    Agent unusual = added(unusual(Samples.agent(tenant)));

    assertThat(list(tenant, filter(true, null, null, null))).containsExactly(online);
    assertThat(list(tenant, filter(false, null, null, null)))
        .containsExactly(unusual, offline, silent);
    assertThat(list(tenant, filter(null, false, null, null))).containsExactly(unusual);
    assertThat(list(tenant, filter(null, true, "eu-1", "scan")))
        .containsExactly(offline, online, silent);
    assertThat(list(tenant, filter(null, null, "nowhere", null))).isEmpty();
    assertThat(list(tenant, filter(null, null, null, "sca"))).isEmpty();
  }

  @Test
  void an_agent_is_steered() {
    TenantId tenant = aTenant();
    Agent agent = added(Samples.agent(tenant));

    agents().steer(tenant, agent.id(), false, true, AgentControl.DRAIN);

    Agent steered = agents().find(tenant, agent.id()).orElseThrow();
    assertThat(steered.enabled()).isFalse();
    assertThat(steered.draining()).isTrue();
  }

  @Test
  void a_removed_agent_is_gone_and_its_name_is_free() {
    TenantId tenant = aTenant();
    Agent agent = added(Samples.agent(tenant));

    agents().remove(tenant, agent.id());

    assertThat(agents().find(tenant, agent.id())).isEmpty();
    assertThat(agents().add(tenant, named(agent.name(), Samples.agent(tenant)))).isTrue();
  }

  @Test
  void a_call_is_noted_at_most_every_five_seconds_and_a_version_stays() {
    TenantId tenant = aTenant();
    AgentId id = added(Samples.agent(tenant)).id();

    sightings().note(List.of(new Sighting(tenant, id, SEEN, "1.0")));
    sightings().note(List.of(new Sighting(tenant, id, SEEN.plusMillis(4_999), "1.0")));
    assertThat(agents().find(tenant, id).orElseThrow().lastSeenAt()).isEqualTo(SEEN);
    assertThat(agents().find(tenant, id).orElseThrow().version()).isEqualTo("1.0");

    sightings().note(List.of(new Sighting(tenant, id, SEEN.plusSeconds(5), null)));
    assertThat(agents().find(tenant, id).orElseThrow().lastSeenAt()).isEqualTo(SEEN.plusSeconds(5));
    assertThat(agents().find(tenant, id).orElseThrow().version()).isEqualTo("1.0");

    sightings().note(List.of(new Sighting(tenant, id, SEEN, "0.9")));
    assertThat(agents().find(tenant, id).orElseThrow().version()).isEqualTo("1.0");
  }

  @Test
  void another_version_is_noted_at_once_because_admission_noted_the_call_already() {
    TenantId tenant = aTenant();
    AgentId id = added(Samples.agent(tenant)).id();

    sightings().note(List.of(new Sighting(tenant, id, SEEN, null)));
    sightings().note(List.of(new Sighting(tenant, id, SEEN, "2.0")));

    assertThat(agents().find(tenant, id).orElseThrow().version()).isEqualTo("2.0");
  }

  @Test
  void numbers_are_counted_over_one_tenant() {
    TenantId tenant = aTenant();
    assertThat(agents().stats(tenant, ONLINE_SINCE)).isEqualTo(new AgentStats(0, 0, 0, 0, 0, 0, 0));
    added(seenAt(SEEN, Samples.agent(tenant)));
    Agent draining = added(seenAt(SEEN, Samples.agent(tenant)));
    agents().steer(tenant, draining.id(), true, true, null);
    Agent disabled = added(Samples.agent(tenant));
    agents().steer(tenant, disabled.id(), false, false, null);
    added(Samples.agent(aTenant()));

    assertThat(agents().stats(tenant, ONLINE_SINCE))
        .isEqualTo(new AgentStats(3, 2, 1, 1, 1, Agent.DEFAULT_CONCURRENT, 0));
  }

  private Agent added(Agent agent) {
    assertThat(agents().add(agent.tenant(), agent)).isTrue();
    return agent;
  }

  private List<Agent> list(TenantId tenant, AgentFilter filter) {
    return Pages.all(2, page -> agents().list(tenant, filter, ONLINE_SINCE, page));
  }

  private static AgentFilter filter(
      @Nullable Boolean online,
      @Nullable Boolean enabled,
      @Nullable String region,
      @Nullable String capability) {
    return new AgentFilter(online, enabled, region, capability);
  }

  private static Agent named(AgentName name, Agent agent) {
    return new Agent(
        agent.id(),
        agent.tenant(),
        name,
        agent.abilities(),
        agent.workerType(),
        agent.servesTenant(),
        agent.maxConcurrent(),
        agent.leased(),
        agent.enabled(),
        agent.draining(),
        agent.version(),
        agent.lastSeenAt(),
        agent.createdAt());
  }

  private static Agent seenAt(Instant at, Agent agent) {
    return new Agent(
        agent.id(),
        agent.tenant(),
        agent.name(),
        agent.abilities(),
        agent.workerType(),
        agent.servesTenant(),
        agent.maxConcurrent(),
        agent.leased(),
        agent.enabled(),
        agent.draining(),
        agent.version(),
        at,
        agent.createdAt());
  }

  /** With something else than the default in every field. */
  private static Agent unusual(Agent agent) {
    return new Agent(
        agent.id(),
        agent.tenant(),
        agent.name(),
        Abilities.of(Set.of(), Set.of("a,b{}", "c"), null),
        "gpu",
        new TenantSlug("somebody"),
        17,
        0,
        false,
        true,
        "1.2.3",
        Samples.NOW,
        agent.createdAt());
  }
}

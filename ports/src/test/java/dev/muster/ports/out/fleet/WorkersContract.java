package dev.muster.ports.out.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.fleet.WorkerQueries.Worker;
import dev.muster.ports.in.fleet.WorkerQueries.WorkerFilter;
import dev.muster.ports.out.Pages;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.Sightings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Workers} and {@link WorkerDirectory} must do. */
public abstract class WorkersContract {
  /** Who pauses for so long has gone. */
  protected static final Duration LEASE = Duration.ofSeconds(60);

  private static final Instant NOW = Samples.NOW.plus(Duration.ofHours(1));

  protected abstract Workers workers();

  protected abstract WorkerDirectory directory();

  /** The agents as they call one replica. */
  protected abstract Sightings at(String replica);

  protected abstract Agents agents();

  /** A tenant that is there and has no agents. */
  protected abstract Tenant aTenant();

  @Test
  void who_has_called_within_a_lease_is_connected_to_the_replica_it_called() {
    Tenant tenant = aTenant();
    Agent one = agent(tenant.id());
    Agent other = agent(tenant.id());
    agent(tenant.id());
    call("left", one, NOW);
    call("right", other, NOW);

    assertThat(list(tenant, NOW))
        .extracting(worker -> worker.agent().id(), Worker::replica, Worker::since)
        .containsExactly(tuple(other.id(), "right", NOW), tuple(one.id(), "left", NOW));
    assertThat(list(tenant, NOW.plus(LEASE))).isEmpty();
  }

  @Test
  void an_agent_is_connected_since_it_began_to_call_whichever_replica_that_was() {
    Tenant tenant = aTenant();
    Agent agent = agent(tenant.id());
    call("left", agent, NOW);
    call("left", agent, NOW.plusSeconds(50));
    call("right", agent, NOW.plusSeconds(100));

    Worker worker = list(tenant, NOW.plusSeconds(100)).getFirst();

    assertThat(worker.since()).isEqualTo(NOW);
    assertThat(worker.replica()).isEqualTo("right");
  }

  @Test
  void who_paused_for_a_lease_comes_anew() {
    Tenant tenant = aTenant();
    Agent agent = agent(tenant.id());
    call("left", agent, NOW);
    Instant later = NOW.plus(LEASE);
    call("left", agent, later);

    assertThat(list(tenant, later)).extracting(Worker::since).containsExactly(later);
  }

  @Test
  void an_agent_that_is_locked_out_is_not_connected() {
    Tenant tenant = aTenant();
    Agent agent = agent(tenant.id());
    call("left", agent, NOW);

    agents().steer(tenant.id(), agent.id(), false, false, null);

    assertThat(list(tenant, NOW)).isEmpty();
  }

  @Test
  void a_tenant_sees_its_own_agents_and_the_directory_all() {
    Tenant tenant = aTenant();
    Tenant other = aTenant();
    Agent own = agent(tenant.id());
    Agent others = agent(other.id());
    Agent platform = agent(TenantId.SYSTEM);
    call("left", own, NOW);
    call("left", others, NOW);
    call("right", platform, NOW);

    assertThat(ids(list(tenant, NOW))).containsExactly(own.id());
    WorkerFilter ofOther = WorkerFilter.ALL.ofTenant(other.id());
    assertThat(
            ids(
                Pages.all(
                    1, page -> workers().connected(tenant.id(), ofOther, NOW.minus(LEASE), page))))
        .containsExactly(own.id());
    assertThat(ids(all(WorkerFilter.ALL)))
        .containsSubsequence(platform.id(), others.id(), own.id());
    assertThat(ids(all(ofOther))).containsExactly(others.id());
    assertThat(ids(all(new WorkerFilter(null, "left"))))
        .contains(own.id(), others.id())
        .doesNotContain(platform.id());
  }

  @Test
  void the_slug_is_of_the_tenant_that_it_works_for() {
    Tenant tenant = aTenant();
    call("left", agent(tenant.id()), NOW);
    Agent platform = agent(TenantId.SYSTEM);
    call("left", platform, NOW);

    assertThat(list(tenant, NOW)).extracting(Worker::slug).containsExactly(tenant.slug());
    assertThat(all(WorkerFilter.ALL))
        .filteredOn(worker -> worker.agent().id().equals(platform.id()))
        .singleElement()
        .satisfies(worker -> assertThat(worker.slug()).isNull());
  }

  private Agent agent(TenantId tenant) {
    Agent agent = Samples.agent(tenant);
    assertThat(agents().add(tenant, agent)).isTrue();
    return agent;
  }

  private void call(String replica, Agent agent, Instant at) {
    at(replica).note(List.of(new Sighting(agent.tenant(), agent.id(), at, "1.0")));
  }

  private List<Worker> list(Tenant tenant, Instant now) {
    return Pages.all(
        1, page -> workers().connected(tenant.id(), WorkerFilter.ALL, now.minus(LEASE), page));
  }

  private List<Worker> all(WorkerFilter filter) {
    return Pages.all(2, page -> directory().connected(filter, NOW.minus(LEASE), page));
  }

  private static List<AgentId> ids(List<Worker> workers) {
    return workers.stream().map(worker -> worker.agent().id()).toList();
  }
}

package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Transition;
import dev.muster.domain.scheduling.WaitingAgents;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import dev.muster.ports.out.job.JobChange;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many agents and replicas at the same jobs. */
final class ContentionTest extends DispatchTest {
  @Test
  void no_start_passes_the_cap_however_many_claim_at_once() throws Exception {
    Tenant tenant = tenant(PlanName.STARTER);
    for (int i = 0; i < 20; i++) {
      queued(tenant);
    }
    List<DispatchService> replicas = List.of(replica(), replica());
    List<Future<Outcome<Claimed>>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(claiming(replicas.get(i % 2), agent(2), claim(2, NO_TIME)));
    }

    List<JobId> given = new ArrayList<>();
    for (Future<Outcome<Claimed>> answer : answers) {
      given.addAll(jobs(value(answer(answer))));
    }
    assertThat(given).hasSize(5).doesNotHaveDuplicates();
    assertThat(ports().jobQueue().standingOf(tenant.id()).orElseThrow().running()).isEqualTo(5);
  }

  @Test
  void every_job_goes_to_one_agent_that_has_room_for_it() throws Exception {
    Tenant tenant = tenant(PlanName.ENTERPRISE);
    Set<JobId> waiting = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      waiting.add(queued(tenant).id());
    }
    List<DispatchService> replicas = List.of(replica(), replica());
    List<Future<Outcome<Claimed>>> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      answers.add(claiming(replicas.get(i % 2), agent(2), claim(2, LONG)));
    }
    while (!listed(tenant, waiting)) {
      Thread.onSpinWait();
    }

    replicas.forEach(DispatchService::close);
    List<JobId> given = new ArrayList<>();
    for (Future<Outcome<Claimed>> answer : answers) {
      List<JobId> jobs = jobs(value(answer(answer)));
      assertThat(jobs.size()).isLessThanOrEqualTo(2);
      given.addAll(jobs);
    }
    assertThat(given).containsExactlyInAnyOrderElementsOf(waiting);
  }

  private boolean listed(Tenant tenant, Set<JobId> jobs) {
    return in()
            .queries()
            .list(member(tenant), JobFilter.ALL, new PageRequest(PageRequest.MOST, null))
            .items()
            .stream()
            .filter(standing -> standing.job().status().isLeased())
            .count()
        == jobs.size();
  }

  @Test
  void a_claim_that_lost_to_another_replica_tries_again_before_it_ends_empty() throws Exception {
    LosingQueue queue = new LosingQueue(ports().jobQueue(), 3);
    DispatchService replica = started(in().dispatch(queue));
    Job job = queued(tenant(PlanName.FREE));

    assertThat(jobs(claimed(replica, agent(1), claim(1, NO_TIME)))).containsExactly(job.id());
    assertThat(queue.rounds()).isEqualTo(4);
  }

  @Test
  void a_claim_that_loses_always_ends_empty() throws Exception {
    LosingQueue queue = new LosingQueue(ports().jobQueue(), Integer.MAX_VALUE);
    DispatchService replica = started(in().dispatch(queue));
    queued(tenant(PlanName.FREE));

    assertNothing(claimed(replica, agent(1), claim(1, NO_TIME)));
  }

  @Test
  void a_replica_that_loses_always_does_not_ask_without_pause() throws Exception {
    LosingQueue queue = new LosingQueue(ports().jobQueue(), Integer.MAX_VALUE);
    DispatchService replica = started(in().dispatch(queue));
    queued(tenant(PlanName.FREE));

    assertNothing(claimed(replica, agent(1), claim(1, Duration.ofMillis(1500))));

    assertThat(queue.rounds()).isBetween(2, 40);
  }

  @Test
  void among_agents_alike_it_is_left_to_chance_who_gets_a_job() {
    Tenant tenant = tenant(PlanName.ENTERPRISE);
    Agent one = agent(100);
    Agent other = agent(100);
    Set<AgentId> lucky = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      Job job = queued(tenant);
      lucky.addAll(round(one, other).keySet());
      complete(job);
    }

    assertThat(lucky).containsExactlyInAnyOrder(one.id(), other.id());
  }

  @Test
  void the_least_loaded_of_those_who_wait_gets_a_job() {
    Tenant tenant = tenant(PlanName.ENTERPRISE);
    Agent busy = agent(2);
    Agent busierWithRoom = agent(10);
    assigned(tenant, busy);
    for (int i = 0; i < 4; i++) {
      assigned(tenant, busierWithRoom);
    }
    queued(tenant);

    assertThat(round(busy, busierWithRoom)).containsOnlyKeys(busierWithRoom.id());
  }

  private Map<AgentId, ?> round(Agent... agents) {
    Map<AgentId, Poll> polls = new HashMap<>();
    WaitingAgents waiting = new WaitingAgents();
    for (Agent agent : agents) {
      polls.put(agent.id(), new Poll(calling(agent), claim(1, NO_TIME), 0));
    }
    ReplicaMemory memory =
        new ReplicaMemory(
            ports().jobQueue(),
            new OnlineCount(
                ports().transactions(),
                ports().jobQueue()::online,
                Installation.LEASE,
                Runnable::run,
                System::nanoTime),
            Installation.REGION_PATIENCE,
            10);
    GrantRound round =
        new GrantRound(ports().jobQueue(), memory, in().auditing(), Installation.LEASE);
    return ports()
        .transactions()
        .acrossTenants(() -> {
          ports()
              .agentNews()
              .of(polls.keySet(), now())
              .forEach((id, news) ->
                  Seeking.of(polls.get(id).claim(), news)
                      .ifPresent(seeker -> waiting.put(seeker, in().random().nextLong())));
          memory.refresh(polls.keySet(), polls.keySet(), now());
          return round.play(waiting, id -> Optional.ofNullable(polls.get(id)), now()).jobs();
        });
  }

  private void complete(Job job) {
    Job now = stored(job);
    ports()
        .jobBatches()
        .replace(
            List.of(
                JobChange.of(
                    now, now.after(new Transition.End(JobStatus.COMPLETED, "{}", null), now()))));
  }
}

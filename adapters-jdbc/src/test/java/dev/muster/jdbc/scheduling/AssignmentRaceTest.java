package dev.muster.jdbc.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.Backlog;
import dev.muster.domain.scheduling.Circumstances;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.scheduling.WaitingAgents;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.job.JdbcJobStorage;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.out.scheduling.JobQueue;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import dev.muster.ports.out.scheduling.JobQueue.OnlineAgents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AssignmentRaceTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final int CLAIMERS = 50;
  private static final int WINDOW = 10;

  private static final int SLACK = 10;

  /** Far more than it takes, so that a lost job fails the test and does not hang it. */
  private static final int MOST_CLAIMS = 2_000;

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }

  @Test
  void fifty_claimers_at_once_start_no_more_than_the_cap() {
    Tenant tenant = tenant(PlanName.FREE);
    List<Job> waiting = queue(tenant, 10);
    List<Agent> agents = agents(CLAIMERS, 1);

    List<List<LeasedJob>> started =
        Race.of(
            CLAIMERS,
            runner -> assign(waiting.get(runner % waiting.size()), agents.get(runner), null));

    assertThat(started.stream().flatMap(Collection::stream)).hasSize(2);
    assertThat(standing(tenant).running()).isEqualTo(2);
    assertThat(standing(tenant).queued()).isEqualTo(8);
  }

  @Test
  void the_cap_holds_at_every_instant_while_jobs_come_and_go() {
    Tenant tenant = tenant(PlanName.FREE);
    queue(tenant, 10);
    List<Agent> agents = agents(CLAIMERS, 1);
    AtomicInteger running = new AtomicInteger();
    Queue<Integer> history = new ConcurrentLinkedQueue<>();
    Queue<JobId> done = new ConcurrentLinkedQueue<>();

    Race.of(
        CLAIMERS,
        runner -> {
          for (int claim = 0; claim < MOST_CLAIMS && done.size() < 10; claim++) {
            for (LeasedJob leased : claim(agents.get(runner))) {
              // From after the start to before the end: never longer than it really ran.
              history.add(running.incrementAndGet());
              running.decrementAndGet();
              complete(leased.job());
              done.add(leased.job().id());
            }
          }
          return null;
        });

    assertThat(done).hasSize(10).doesNotHaveDuplicates();
    assertThat(history).hasSize(10).allMatch(count -> count <= 2);
    assertThat(standing(tenant).running()).isZero();
  }

  @Test
  void of_many_who_claim_one_job_exactly_one_gets_it() {
    Tenant tenant = tenant(PlanName.ENTERPRISE);
    List<Agent> agents = agents(CLAIMERS, 1);
    for (int round = 0; round < 5; round++) {
      Job job = queued(tenant);

      List<List<LeasedJob>> won =
          Race.of(CLAIMERS, runner -> assign(job, agents.get(runner), null));

      assertThat(won.stream().flatMap(Collection::stream))
          .singleElement()
          .extracting(LeasedJob::job)
          .isEqualTo(stored(job));
      assertThat(storage().jobs().attempts(tenant.id(), job.id()))
          .extracting(Attempt::number)
          .containsExactly(1);
      complete(stored(job));
    }
  }

  @Test
  void claims_for_one_agent_never_give_it_more_than_its_most() {
    Agent agent = agent(3);
    List<Job> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(queued(tenant(PlanName.FREE)));
    }

    Race.of(waiting.size(), runner -> assign(waiting.get(runner), agent, null));
    waiting.forEach(job -> assign(job, agent, null));

    assertThat(storage().directory().leasedTo(agent.id())).hasSize(3);
  }

  @Test
  void twenty_claimers_start_each_of_two_hundred_jobs_once() {
    List<Tenant> tenants =
        IntStream.range(0, 5).mapToObj(i -> tenant(PlanName.ENTERPRISE)).toList();
    tenants.forEach(tenant -> queue(tenant, 40));
    List<Agent> agents = agents(20, 4);
    Queue<JobId> started = new ConcurrentLinkedQueue<>();

    Race.of(
        agents.size(),
        runner -> {
          for (int claim = 0; claim < MOST_CLAIMS && started.size() < 200; claim++) {
            for (LeasedJob leased : claim(agents.get(runner))) {
              started.add(leased.job().id());
              complete(leased.job());
            }
          }
          return null;
        });

    assertThat(started).hasSize(200).doesNotHaveDuplicates();
    tenants.forEach(tenant -> assertThat(standing(tenant).running()).isZero());
  }

  /** As a server does that remembers nothing: read, plan, carry out. */
  private List<LeasedJob> claim(Agent agent) {
    JobQueue queue = storage().queue();
    Backlog backlog = new Backlog(SLACK);
    backlog.standings(queue.standings());
    Set<TenantId> tenants = backlog.unread();
    Map<TenantId, List<LaneStart>> lanes = queue.lanes(tenants, WINDOW);
    tenants.forEach(tenant ->
        backlog.read(tenant, backlog.arrivals(tenant), lanes.getOrDefault(tenant, List.of())));
    WaitingAgents waiting = new WaitingAgents();
    waiting.put(Seeker.of(agent), 0);
    OnlineAgents online = queue.online(NOW.minus(LEASE));
    List<Assignment> plan =
        backlog
            .plan(
                waiting,
                new Circumstances(
                    NOW, online.kinds(), online.sharedCapacity(), Duration.ofSeconds(30)))
            .stream()
            .map(planned -> new Assignment(planned, null))
            .toList();
    return queue.execute(plan, NOW, NOW.plus(LEASE)).started();
  }

  private List<Job> queue(Tenant tenant, int count) {
    return IntStream.range(0, count).mapToObj(i -> queued(tenant)).toList();
  }

  private List<Agent> agents(int count, int maxConcurrent) {
    return IntStream.range(0, count).mapToObj(i -> agent(maxConcurrent)).toList();
  }

  private TenantStanding standing(Tenant tenant) {
    return storage().queue().standingOf(tenant.id()).orElseThrow();
  }
}

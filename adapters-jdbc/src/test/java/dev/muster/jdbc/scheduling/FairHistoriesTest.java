package dev.muster.jdbc.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.Backlog;
import dev.muster.domain.scheduling.Circumstances;
import dev.muster.domain.scheduling.LaneEnd;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.ReferenceScheduler;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.scheduling.WaitingAgents;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.job.JdbcJobStorage;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.job.Intake;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import dev.muster.ports.out.scheduling.JobQueue.Execution;
import dev.muster.ports.out.scheduling.JobQueue.OnlineAgents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random histories through PostgreSQL: what a replica plans from what it remembers, beside what the
 * reference plans that is shown all rows each time. More of them with {@code
 * -Dmuster.histories=5000}.
 */
class FairHistoriesTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final int HISTORIES = Integer.getInteger("muster.histories", 100);
  private static final int STEPS = 25;
  private static final int SLACK = 2;
  private static final int EVERYTHING = 100_000;
  private static final int WINDOW = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  protected JdbcJobStorage storage() {
    return STORAGE;
  }

  @Test
  void what_is_planned_from_memory_is_what_the_whole_queue_asks_for() {
    int grants = 0;
    for (long seed = 0; seed < HISTORIES; seed++) {
      grants += new History(seed).run();
      empty();
    }
    assertThat(grants).isGreaterThan(HISTORIES);
  }

  private static void empty() {
    STORAGE
        .database()
        .asSuperuser()
        .useHandle(handle ->
            handle.execute(
                """
                TRUNCATE jobs, job_attempts, job_logs CASCADE;
                UPDATE tenant_counters SET queued = 0, running = 0, running_shared = 0;
                DELETE FROM agents
                """));
  }

  /** One history, the same for one seed. */
  private final class History {
    private final long seed;
    private final Random random;
    private final Backlog backlog = new Backlog(SLACK);
    private final ReferenceScheduler reference = new ReferenceScheduler(SLACK);
    private final List<Tenant> tenants = new ArrayList<>();
    private final List<Job> running = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();
    private Instant now = NOW;

    History(long seed) {
      this.seed = seed;
      random = new Random(seed);
      for (PlanName plan : List.of(PlanName.FREE, PlanName.STARTER, PlanName.PRO)) {
        tenants.add(tenant(plan));
      }
      tenants.add(tenant(PlanName.values()[random.nextInt(PlanName.values().length)]));
      agents.add(agent(6));
      agents.add(agent(TenantId.SYSTEM, Abilities.of(Set.of("nuclei"), Set.of(), null), 4));
    }

    int run() {
      int grants = 0;
      for (int step = 0; step < STEPS; step++) {
        now = now.plusSeconds(1 + random.nextInt(600));
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> submit();
          case 3 -> finish();
          default -> grants += claim();
        }
        reference.look(whole());
      }
      return grants;
    }

    private void submit() {
      Tenant tenant = tenants.get(random.nextInt(tenants.size()));
      List<Job> jobs = new ArrayList<>();
      for (int count = 1 + random.nextInt(8); count > 0; count--) {
        boolean special = random.nextInt(4) == 0;
        Set<String> capabilities = special ? Set.of("nuclei") : Set.of();
        jobs.add(
            JobFixture.of(tenant)
                .priority(Priority.values()[random.nextInt(Priority.values().length)])
                .requires(Requirements.of(capabilities, Set.of(), null))
                .queuedAt(now)
                .job());
      }
      List<TenantStanding> after;
      try {
        after = storage().transactions().acrossTenants(() -> storage().intake().add(jobs, now));
      } catch (Intake.Overtaken full) {
        return;
      }
      // Otherwise it was another replica's.
      if (random.nextBoolean()) {
        after.forEach(
            standing -> backlog.arrived(standing, jobs.stream().map(QueuedJob::of).toList()));
      }
    }

    private void finish() {
      for (int count = random.nextInt(running.size() + 1); count > 0; count--) {
        Job job = running.remove(random.nextInt(running.size()));
        if (random.nextInt(4) == 0) {
          requeue(job, now);
        } else {
          complete(job);
        }
        backlog.standing(storage().queue().standingOf(job.tenant()).orElseThrow());
      }
    }

    private int claim() {
      refresh();
      Agent agent = agents.get(random.nextInt(agents.size()));
      Seeker seeker = seeker(agent);
      if (seeker.slots() == 0) {
        return 0;
      }
      OnlineAgents online = storage().queue().online(NOW.minus(LEASE));
      Circumstances circumstances =
          new Circumstances(now, online.kinds(), online.sharedCapacity(), PATIENCE);
      WaitingAgents waiting = new WaitingAgents();
      waiting.put(seeker, 0);

      List<Planned> expected =
          reference.plan(
              whole(), List.of(new ReferenceScheduler.Waiting(seeker, 0)), circumstances);
      List<Planned> planned = backlog.plan(waiting, circumstances);

      assertThat(planned).as("history %d", seed).isEqualTo(expected);
      return start(planned);
    }

    private int start(List<Planned> planned) {
      Execution execution =
          storage()
              .queue()
              .execute(
                  planned.stream().map(one -> new Assignment(one, null)).toList(),
                  now,
                  now.plus(LEASE));
      assertThat(execution.waiting()).as("history %d", seed).isEmpty();
      assertThat(execution.started()).as("history %d", seed).hasSameSizeAs(planned);
      backlog.settled(execution.standings(), execution.waiting());
      execution.started().stream().map(LeasedJob::job).forEach(running::add);
      return planned.size();
    }

    private Seeker seeker(Agent agent) {
      int leased = (int) running.stream().filter(job -> agent.id().equals(job.agent())).count();
      return new Seeker(
          agent.id(),
          agent.tenant(),
          agent.abilities(),
          agent.workerType(),
          null,
          1 + random.nextInt(4),
          leased,
          agent.maxConcurrent());
    }

    /** As a replica does before it plans. */
    private void refresh() {
      backlog.standings(storage().queue().standings());
      Set<TenantId> unread = backlog.unread();
      Map<TenantId, List<LaneStart>> lanes = storage().queue().lanes(unread, WINDOW);
      unread.forEach(tenant ->
          backlog.read(tenant, backlog.arrivals(tenant), lanes.getOrDefault(tenant, List.of())));
      for (LaneEnd end : backlog.runningLow()) {
        List<QueuedJob> next = storage().queue().after(end, EVERYTHING);
        backlog.continued(end, next, true);
      }
    }

    private List<ReferenceScheduler.Tenant> whole() {
      List<TenantStanding> standings = storage().queue().standings();
      Map<TenantId, List<LaneStart>> lanes =
          storage()
              .queue()
              .lanes(
                  Set.copyOf(standings.stream().map(TenantStanding::tenant).toList()), EVERYTHING);
      return standings.stream()
          .map(standing ->
              new ReferenceScheduler.Tenant(
                  standing,
                  lanes.getOrDefault(standing.tenant(), List.of()).stream()
                      .flatMap(lane -> lane.first().stream())
                      .toList()))
          .toList();
    }
  }
}

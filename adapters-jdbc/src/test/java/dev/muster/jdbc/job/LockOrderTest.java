package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.job.EndedJobs.Renewed;
import dev.muster.ports.out.job.Intake;
import dev.muster.ports.out.job.JobChange;
import dev.muster.ports.out.job.JobChange.AttemptEnd;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything that changes jobs, at once and in every order: whoever waited for a lock that somebody
 * holds who waits for one of theirs would be told so by PostgreSQL, and fail the test.
 */
class LockOrderTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final int ACTORS = 16;
  private static final int DEEDS = 40;
  private static final int BATCH = 8;

  private final Queue<Job> known = new ConcurrentLinkedQueue<>();
  private List<Tenant> tenants = List.of();
  private List<Agent> agents = List.of();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }

  @Test
  void nobody_ever_waits_for_somebody_who_waits_for_them() {
    tenants = List.of(tenant(PlanName.PRO), tenant(PlanName.PRO), tenant(PlanName.PRO));
    agents = List.of(agent(9), agent(9), agent(9), agent(9));
    submit(new Random(1));

    Race.of(
        ACTORS,
        actor -> {
          Random random = new Random(actor);
          for (int deed = 0; deed < DEEDS; deed++) {
            act(actor % 8, random);
          }
          return null;
        });

    assertThat(known).map(this::stored).anyMatch(job -> job.attempt() > 0);
    CountersCheck.assertTrue(STORAGE);
  }

  private void act(int role, Random random) {
    switch (role) {
      case 0 -> submit(random);
      case 1, 2 -> claim(random);
      case 3, 4 -> end(random);
      case 5 -> retry(random);
      case 6 -> storage().directory().promoteDue(NOW.plusSeconds(10));
      default -> steer(random);
    }
  }

  private void submit(Random random) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      JobFixture fixture = JobFixture.of(any(tenants, random));
      jobs.add(i == 0 ? fixture.delayedUntil(NOW.plusSeconds(5)).job() : fixture.job());
    }
    try {
      storage().transactions().acrossTenants(() -> storage().intake().add(jobs, NOW));
      known.addAll(jobs);
    } catch (Intake.Overtaken full) {
      assertThat(full).hasMessageContaining("less room");
    }
  }

  private void claim(Random random) {
    List<Assignment> plan = new ArrayList<>();
    some(random).forEach(job -> plan.add(step(job, any(agents, random), null)));
    storage()
        .transactions()
        .acrossTenants(() -> storage().queue().execute(plan, NOW, NOW.plus(LEASE)));
  }

  private void end(Random random) {
    storage()
        .transactions()
        .acrossTenants(() -> {
          List<JobChange> changes = new ArrayList<>();
          storage().batches().lock(some(random).stream().map(job -> ref(job)).toList()).stream()
              .filter(job -> job.status().isLeased())
              .forEach(job -> changes.add(ended(job, random)));
          storage().batches().replace(changes);
          return true;
        });
  }

  private static JobChange ended(Job job, Random random) {
    JobError error = new JobError("broken", "it broke");
    Transition end =
        random.nextBoolean()
            ? new Transition.End(JobStatus.FAILED, null, error)
            : new Transition.End(JobStatus.COMPLETED, "{}", null);
    return new JobChange(job, job.after(end, NOW), null, new AttemptEnd(NOW, "over", null));
  }

  private void retry(Random random) {
    Tenant tenant = any(tenants, random);
    JobFilter failed = new JobFilter(JobStatus.FAILED, null, null, null);
    storage()
        .transactions()
        .inTenant(
            tenant.id(),
            () -> {
              List<Renewed> renewed =
                  storage().ended().lock(tenant.id(), failed, BATCH).stream()
                      .map(job ->
                          new Renewed(job, job.after(JobLifecycle.onRetryByPerson(job), NOW)))
                      .toList();
              return storage().ended().enqueueAgain(tenant.id(), renewed);
            });
  }

  /** What else takes the counters: limits, agents that come and go, and heartbeats. */
  private void steer(Random random) {
    limit(any(tenants, random), random.nextInt(5, 30));
    storage().steer(any(agents, random), random.nextInt(4) > 0, false, null);
    Job job = any(List.copyOf(known), random);
    if (stored(job).agent() instanceof AgentId agent) {
      Map<JobId, Integer> named = Map.of(job.id(), job.attempt());
      storage().leases().renew(agent, named, NOW.plus(LEASE), NOW);
    }
  }

  /** Different ones, in no order. */
  private List<Job> some(Random random) {
    List<Job> all = List.copyOf(known);
    return random
        .ints(0, all.size())
        .distinct()
        .limit(Math.min(BATCH, all.size()))
        .mapToObj(all::get)
        .toList();
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}

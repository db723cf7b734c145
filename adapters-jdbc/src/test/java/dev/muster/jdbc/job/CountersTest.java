package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobStorageContract;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The counters of a tenant are what a recount finds, whatever happened, and at the same time. */
class CountersTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final int ACTORS = 10;
  private static final int STEPS = 80;

  private final List<Job> known = new CopyOnWriteArrayList<>();

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }

  @Test
  void counters_equal_a_recount_after_a_random_history_of_many_actors() {
    List<Tenant> tenants = List.of(tenant(PlanName.FREE), tenant(PlanName.STARTER));
    List<Agent> agents = List.of(agent(3), agent(5));

    Race.of(ACTORS, actor -> act(new Random(actor), tenants, agents));

    for (Tenant tenant : tenants) {
      assertThat(counted(tenant)).isEqualTo(recounted(tenant));
      assertThat(counted(tenant).queued).isPositive();
    }
    assertThat(known)
        .extracting(this::stored)
        .extracting(Job::attempt)
        .anyMatch(tried -> tried > 1);
  }

  @Test
  void of_many_who_end_one_attempt_exactly_one_does() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = leased(tenant, agent(1));

    List<Boolean> replaced =
        Race.of(
            20,
            runner ->
                replaced(job, runner % 2 == 0 ? ended(job, JobStatus.COMPLETED) : requeued(job)));

    assertThat(replaced).containsOnlyOnce(true);
    assertThat(counted(tenant)).isEqualTo(recounted(tenant));
  }

  @Test
  void submits_at_the_same_moment_never_overfill_a_queue() {
    Tenant tenant = tenant(PlanName.FREE);

    List<Boolean> entered = Race.of(40, runner -> entered(JobFixture.of(tenant).job()));

    assertThat(entered).filteredOn(yes -> yes).hasSize(10);
    assertThat(counted(tenant)).isEqualTo(recounted(tenant)).isEqualTo(new Counters(10, 0));
  }

  private Void act(Random random, List<Tenant> tenants, List<Agent> agents) {
    for (int step = 0; step < STEPS; step++) {
      Tenant tenant = tenants.get(random.nextInt(tenants.size()));
      if (known.isEmpty() || random.nextInt(3) == 0) {
        submit(tenant);
      } else {
        Job job = stored(known.get(random.nextInt(known.size())));
        change(job, agents.get(random.nextInt(agents.size())), random);
      }
    }
    return null;
  }

  private void submit(Tenant tenant) {
    Job job = JobFixture.of(tenant).job();
    if (entered(job)) {
      known.add(job);
    }
  }

  /** On what was read before: often it is not so any more. */
  private void change(Job job, Agent agent, Random random) {
    switch (job.status()) {
      case QUEUED -> {
        if (random.nextInt(5) == 0) {
          replaced(job, ended(job, JobStatus.CANCELLED));
        } else {
          assign(job, agent, null);
        }
      }
      case ASSIGNED, RUNNING -> replaced(job, afterLease(job, random.nextInt(4)));
      case COMPLETED, FAILED, CANCELLED, EXPIRED ->
          storage().jobs().enqueueAgain(job.tenant(), job, job.after(new Transition.Renew(), NOW));
    }
  }

  private static Job afterLease(Job job, int choice) {
    return switch (choice) {
      case 0 -> requeued(job);
      case 1 -> ended(job, JobStatus.FAILED);
      case 2 -> job.after(new Transition.Start(null), NOW);
      default -> ended(job, JobStatus.COMPLETED);
    };
  }

  private static Job requeued(Job job) {
    JobError error = new JobError(JobError.LEASE_LOST, "not heard of");
    return job.after(new Transition.Requeue(NOW, true, Attempt.LEASE_LOST, error), NOW);
  }

  private static Counters counted(Tenant tenant) {
    return read("SELECT queued, running FROM tenant_counters WHERE tenant_id = ?", tenant);
  }

  private static Counters recounted(Tenant tenant) {
    return read(
        """
        SELECT
          count(*) FILTER (WHERE status = 'queued') AS queued,
          count(*) FILTER (WHERE status IN ('assigned', 'running')) AS running
        FROM jobs WHERE tenant_id = ?
        """,
        tenant);
  }

  private static Counters read(String sql, Tenant tenant) {
    return STORAGE
        .database()
        .asSuperuser()
        .withHandle(handle ->
            handle
                .createQuery(sql)
                .bind(0, tenant.id().value())
                .map((row, context) -> new Counters(row.getInt(1), row.getInt(2)))
                .one());
  }

  private record Counters(int queued, int running) {}
}

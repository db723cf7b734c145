package dev.muster.ports.out.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.World.Entry;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.out.scheduling.QueueSnapshots.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for queue and fleet one by one. */
public abstract class QueueSnapshotsContract extends JobStorageContract {
  private static final Instant BEFORE = NOW.minusSeconds(60);

  @Test
  void what_is_due_waits_with_its_type_and_what_is_delayed_or_leased_does_not() {
    Tenant tenant = tenant(PlanName.PRO);
    Tenant other = tenant(PlanName.PRO, Pool.DEDICATED);
    Job scan =
        queued(
            JobFixture.of(tenant)
                .requires(Requirements.of(Set.of("nmap"), Set.of("curl"), "eu"))
                .job());
    Job report = queued(JobFixture.of(other).type("report").job());
    queued(JobFixture.of(tenant).delayedUntil(NOW.plusSeconds(60)).job());
    queued(tenant(PlanName.PRO));
    leased(tenant, agent(1));

    assertThat(snapshots().waiting(Map.of(tenant.id(), 9, other.id(), 9), NOW))
        .containsExactlyInAnyOrder(entry(scan), entry(report));
    assertThat(snapshots().waiting(Map.of(), NOW)).isEmpty();
  }

  @Test
  void a_job_is_told_with_its_time_in_the_queue_and_its_attempts() {
    Tenant tenant = tenant(PlanName.PRO);
    Job job =
        queued(
            JobFixture.of(tenant)
                .queuedAt(NOW.minusSeconds(90))
                .queueTimeout(Duration.ofSeconds(77))
                .job());
    Job tried = requeue(assign(job, agent(1), null).getFirst().job(), NOW);

    Entry entry = new Entry(QueuedJob.of(job), "scan", NOW, Duration.ofSeconds(77), 1, 3);
    assertThat(snapshots().waiting(Map.of(tenant.id(), 1), NOW)).containsExactly(entry);
    assertThat(entry(tried)).isEqualTo(entry);
  }

  @Test
  void what_is_delayed_is_told_up_to_a_moment_the_next_to_become_due_first() {
    Job first = delayed(30);
    Job later = delayed(60);
    delayed(61);
    queued(tenant(PlanName.PRO));
    Tenant tenant = tenant(PlanName.PRO);
    Job again = requeue(leased(tenant, agent(1)), NOW.plusSeconds(10));
    cancel(delayed(5));
    Instant until = NOW.plusSeconds(60);

    assertThat(snapshots().delayed(until, 9))
        .containsExactly(entry(again), entry(first), entry(later));
    assertThat(snapshots().delayed(until, 2)).containsExactly(entry(again), entry(first));
    assertThat(snapshots().waiting(Map.of(tenant.id(), 9), NOW)).isEmpty();
  }

  private Job delayed(int seconds) {
    return queued(JobFixture.of(tenant(PlanName.PRO)).delayedUntil(NOW.plusSeconds(seconds)).job());
  }

  @Test
  void of_each_tenant_those_that_stand_first_are_read_over_all_its_lanes() {
    Tenant tenant = tenant(PlanName.PRO);
    Tenant other = tenant(PlanName.PRO);
    queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(600)).job());
    queued(JobFixture.of(tenant).priority(Priority.LOW).queuedAt(NOW.minusSeconds(900)).job());
    Job high =
        queued(JobFixture.of(tenant).priority(Priority.HIGH).queuedAt(NOW.minusSeconds(1)).job());
    Job normal = queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(1200)).job());
    queued(other);
    Job first = queued(JobFixture.of(other).queuedAt(NOW.minusSeconds(9)).job());

    assertThat(snapshots().waiting(Map.of(tenant.id(), 2, other.id(), 1), NOW))
        .containsExactlyInAnyOrder(entry(high), entry(normal), entry(first));
  }

  private static Entry entry(Job job) {
    return new Entry(
        QueuedJob.of(job),
        job.spec().type(),
        job.dueAt(),
        job.spec().queueTimeout(),
        job.attemptsUsed(),
        job.spec().maxAttempts());
  }

  @Test
  void agents_that_are_online_and_take_work_stand_for_themselves() {
    Tenant tenant = tenant(PlanName.PRO, Pool.DEDICATED);
    Agent one = agent(3);
    Agent alike = agent(3);
    Agent own = agent(tenant.id(), Abilities.of(Set.of("nmap"), Set.of("curl"), "eu"), 2);
    storage().steer(agent(1), false, false, null);
    storage().steer(agent(1), true, true, null);
    leased(tenant(PlanName.PRO), alike);

    List<Seeker> agents = snapshots().agents(BEFORE, 10);

    assertThat(agents)
        .containsExactly(
            Seeker.of(one),
            new Seeker(
                alike.id(), alike.tenant(), alike.abilities(), alike.workerType(), null, 3, 1, 3),
            Seeker.of(own));
    assertThat(snapshots().agents(BEFORE, 2)).isEqualTo(agents.subList(0, 2));
    assertThat(snapshots().agents(NOW, 10)).isEmpty();
  }

  @Test
  void what_agents_have_is_told_with_its_type_and_since_when() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(5);
    Job assigned = queued(JobFixture.of(tenant).type("report").job());
    assign(assigned, agent, null);
    Job running = start(leased(tenant, agent));
    queued(tenant);
    complete(leased(tenant, agent));

    assertThat(snapshots().leased(9))
        .containsExactlyInAnyOrder(
            new Held(entry(stored(assigned)), agent.id(), NOW),
            new Held(entry(running), agent.id(), NOW));
    assertThat(entry(running).attemptsUsed()).isEqualTo(1);
    assertThat(snapshots().leased(1)).hasSize(1);
  }

  private QueueSnapshots snapshots() {
    return storage().snapshots();
  }
}

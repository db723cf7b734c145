package dev.muster.ports.out.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.Transition;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.out.scheduling.QueueSnapshots.Leased;
import dev.muster.ports.out.scheduling.QueueSnapshots.Waiting;
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
        .containsExactlyInAnyOrder(waiting(scan), waiting(report));
    assertThat(snapshots().waiting(Map.of(), NOW)).isEmpty();
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
        .containsExactlyInAnyOrder(waiting(high), waiting(normal), waiting(first));
  }

  private static Waiting waiting(Job job) {
    return new Waiting(QueuedJob.of(job), job.spec().type());
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
            new Leased(assigned.id(), tenant.id(), Pool.SHARED, agent.id(), "report", NOW),
            new Leased(running.id(), tenant.id(), Pool.SHARED, agent.id(), "scan", NOW));
    assertThat(snapshots().leased(1)).hasSize(1);
  }

  @Test
  void run_times_are_means_of_what_was_completed() {
    Tenant tenant = tenant(PlanName.PRO);
    ran(JobFixture.of(tenant).type("scan").job(), 10, JobStatus.COMPLETED);
    ran(JobFixture.of(tenant).type("scan").job(), 20, JobStatus.COMPLETED);
    ran(JobFixture.of(tenant).type("scan").job(), 5000, JobStatus.FAILED);
    ran(JobFixture.of(tenant(PlanName.PRO)).type("report").job(), 3, JobStatus.COMPLETED);
    leased(tenant, agent(1));

    assertThat(snapshots().runTimes(NOW, 9))
        .containsOnly(
            Map.entry("scan", Duration.ofSeconds(15)), Map.entry("report", Duration.ofSeconds(3)));
    assertThat(snapshots().runTimes(NOW.plusSeconds(1), 9)).isEmpty();
    assertThat(snapshots().runTimes(NOW, 1)).hasSizeLessThanOrEqualTo(1);
  }

  /** Ends now what was given to an agent so many seconds ago. */
  private void ran(Job job, long seconds, JobStatus end) {
    Instant then = NOW.minusSeconds(seconds);
    Job assigned =
        storage()
            .queue()
            .execute(List.of(step(queued(job), agent(1), null)), then, NOW.plus(LEASE))
            .started()
            .getFirst()
            .job();
    Transition transition =
        end == JobStatus.COMPLETED
            ? new Transition.End(end, "{}", null)
            : new Transition.End(end, null, new JobError(Attempt.FAILED, "it failed"));
    assertThat(replaced(assigned, assigned.after(transition, NOW))).isTrue();
  }

  private QueueSnapshots snapshots() {
    return storage().snapshots();
  }
}

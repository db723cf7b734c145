package dev.muster.ports.out.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Transition;
import dev.muster.domain.scheduling.Prospect.Experience;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.out.job.JobChange;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorageContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for what attempts of jobs were like. */
public abstract class ExperienceContract extends JobStorageContract {
  private static final Transition.End COMPLETED =
      new Transition.End(JobStatus.COMPLETED, "{}", null);
  private static final Transition.End FAILED =
      new Transition.End(JobStatus.FAILED, null, new JobError(Attempt.FAILED, "it failed"));

  @Test
  void attempts_that_completed_and_failed_are_counted_by_type_with_how_long_they_took() {
    Tenant tenant = tenant(PlanName.PRO);
    end(ran(JobFixture.of(tenant).job(), 10), COMPLETED);
    end(ran(again(ran(JobFixture.of(tenant).job(), 50), Attempt.FAILED), 20), COMPLETED);
    // Failed with two attempts left.
    end(ran(JobFixture.of(tenant).job(), 70), FAILED);
    end(ran(JobFixture.of(tenant(PlanName.PRO)).type("report").job(), 3), COMPLETED);
    leased(tenant, agent(1));

    assertThat(snapshots().experience(NOW, 9))
        .containsOnly(
            Map.entry("scan", new Experience(4, 2, 1, seconds(15), seconds(60))),
            Map.entry("report", new Experience(1, 0, 0, seconds(3), null)));
    assertThat(snapshots().experience(NOW.plusSeconds(1), 9)).isEmpty();
    assertThat(snapshots().experience(NOW, 1)).hasSize(1);
  }

  @Test
  void what_used_up_its_attempts_was_to_be_tried_again_and_what_ran_too_long_was_not() {
    Tenant tenant = tenant(PlanName.PRO);
    Job twice = again(ran(JobFixture.of(tenant).job(), 9), Attempt.FAILED);
    end(ran(again(ran(twice, 9), Attempt.FAILED), 9), FAILED);
    end(
        ran(JobFixture.of(tenant).type("slow").job(), 600),
        new Transition.End(JobStatus.FAILED, null, new JobError(JobError.RUN_TIMEOUT, "too long")));

    assertThat(snapshots().experience(NOW, 9))
        .containsOnly(
            Map.entry("scan", new Experience(3, 3, 0, null, seconds(9))),
            Map.entry("slow", new Experience(1, 1, 1, null, seconds(600))));
  }

  @Test
  void what_was_given_back_lost_or_cancelled_says_nothing_of_its_type() {
    Tenant tenant = tenant(PlanName.PRO);
    Job released = again(ran(JobFixture.of(tenant).job(), 100), Attempt.RELEASED);
    end(ran(again(ran(released, 200), Attempt.LEASE_LOST), 8), COMPLETED);
    end(
        ran(JobFixture.of(tenant).type("report").job(), 3),
        new Transition.End(JobStatus.CANCELLED, null, null));

    assertThat(snapshots().experience(NOW, 9))
        .containsOnly(Map.entry("scan", new Experience(1, 0, 0, seconds(8), null)));
  }

  @Test
  void attempts_from_before_are_not_counted_of_a_job_that_ended_since() {
    Job job = ran(JobFixture.of(tenant(PlanName.PRO)).job(), 90);
    Transition.Requeue requeue =
        new Transition.Requeue(NOW, true, Attempt.FAILED, new JobError(Attempt.FAILED, "no"));
    Job before = change(job, requeue, Attempt.FAILED, NOW.minusSeconds(80));
    end(ran(before, 8), COMPLETED);

    assertThat(snapshots().experience(NOW.minusSeconds(60), 9))
        .containsOnly(Map.entry("scan", new Experience(1, 0, 0, seconds(8), null)));
    assertThat(snapshots().experience(NOW.minusSeconds(80), 9))
        .containsOnly(Map.entry("scan", new Experience(2, 1, 0, seconds(8), seconds(10))));
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** Gives a job, a new one or one that waits again, to an agent so many seconds ago. */
  private Job ran(Job job, long seconds) {
    Job queued = job.attempt() == 0 ? queued(job) : job;
    return storage()
        .queue()
        .execute(List.of(step(queued, agent(1), null)), NOW.minusSeconds(seconds), NOW.plus(LEASE))
        .started()
        .getFirst()
        .job();
  }

  /** Has an attempt end now, with another to follow. */
  private Job again(Job job, String outcome) {
    boolean counts = !outcome.equals(Attempt.RELEASED);
    JobError error = counts ? new JobError(outcome, "it did") : null;
    return change(job, new Transition.Requeue(NOW, counts, outcome, error), outcome, NOW);
  }

  private void end(Job job, Transition.End end) {
    change(job, end, end.attemptOutcome(), NOW);
  }

  private Job change(Job job, Transition transition, String outcome, Instant at) {
    Job after = job.after(transition, at);
    JobChange.AttemptEnd end = new JobChange.AttemptEnd(at, outcome, after.error());
    storage()
        .transactions()
        .acrossTenants(() -> {
          storage().batches().lock(List.of(ref(job)));
          storage().batches().replace(List.of(new JobChange(job, after, null, end)));
          return after;
        });
    return after;
  }

  private QueueSnapshots snapshots() {
    return storage().snapshots();
  }
}

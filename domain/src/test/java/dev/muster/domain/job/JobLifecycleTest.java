package dev.muster.domain.job;

import static dev.muster.domain.job.SampleJobs.AGENT;
import static dev.muster.domain.job.SampleJobs.LEASE;
import static dev.muster.domain.job.SampleJobs.QUEUE_TIMEOUT;
import static dev.muster.domain.job.SampleJobs.RUN_TIMEOUT;
import static dev.muster.domain.job.SampleJobs.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobLifecycleTest {
  private static final Instant LEASE_END = START.plus(LEASE);

  @Test
  void a_lost_lease_requeues_at_once_while_an_attempt_is_left() {
    Transition transition = JobLifecycle.onLeaseLost(SampleJobs.running(2), LEASE_END);

    assertThat(transition)
        .isInstanceOfSatisfying(
            Transition.Requeue.class,
            requeue -> {
              assertThat(requeue.availableAt()).isEqualTo(LEASE_END);
              assertThat(requeue.consumesAttempt()).isTrue();
              assertThat(requeue.attemptOutcome()).isEqualTo("lease_lost");
            });
  }

  @Test
  void a_lost_lease_without_budget_fails_the_job() {
    assertThat(JobLifecycle.onLeaseLost(SampleJobs.assigned(1), LEASE_END))
        .isInstanceOfSatisfying(
            Transition.End.class,
            end -> {
              assertThat(end.status()).isEqualTo(JobStatus.FAILED);
              assertThat(errorClass(end)).isEqualTo("lease_lost");
              assertThat(end.attemptOutcome()).isEqualTo("lease_lost");
            });
  }

  @Test
  void a_lost_lease_after_a_request_to_cancel_ends_unconfirmed() {
    Job job = SampleJobs.running(3).cancelRequested(START);

    assertCancelledUnconfirmed(JobLifecycle.onLeaseLost(job, LEASE_END));
    assertCancelledUnconfirmed(JobLifecycle.onRunTimeout(job));
    assertCancelledUnconfirmed(JobLifecycle.onCancelDeadline(job));
    assertCancelledUnconfirmed(JobLifecycle.onWithdrawn(job, START));
  }

  @Test
  void a_lease_that_was_renewed_meanwhile_is_not_lost() {
    Job job = SampleJobs.running(3).renewed(LEASE_END.plusNanos(1));

    assertThat(JobLifecycle.onLeaseLost(job, LEASE_END)).isEqualTo(new Transition.Stay(null));
  }

  @Test
  void a_job_taken_from_its_agent_loses_no_attempt() {
    assertThat(JobLifecycle.onWithdrawn(SampleJobs.running(1), START))
        .isEqualTo(new Transition.Requeue(START, false, "released", null));
  }

  @Test
  void a_run_timeout_fails_the_job_whatever_its_budget() {
    assertThat(JobLifecycle.onRunTimeout(SampleJobs.running(3)))
        .isInstanceOfSatisfying(
            Transition.End.class,
            end -> {
              assertThat(end.status()).isEqualTo(JobStatus.FAILED);
              assertThat(errorClass(end)).isEqualTo("run_timeout");
              assertThat(end.attemptOutcome()).isEqualTo("run_timeout");
            });
  }

  @Test
  void a_queued_job_is_cancelled_at_once_and_a_leased_one_when_its_agent_says_so() {
    assertThat(JobLifecycle.onCancelRequest(SampleJobs.queued(3)))
        .isEqualTo(new Transition.End(JobStatus.CANCELLED, null, null));
    assertThat(JobLifecycle.onCancelRequest(SampleJobs.assigned(3)))
        .isEqualTo(new Transition.Stay(null));
    assertThat(JobLifecycle.onCancelRequest(SampleJobs.running(3)))
        .isEqualTo(new Transition.Stay(null));
  }

  @Test
  void only_the_first_request_to_cancel_sets_the_deadline() {
    Job job = SampleJobs.running(3).cancelRequested(START).cancelRequested(START.plusSeconds(50));

    assertThat(JobLifecycle.cancelRunsOutAt(job)).contains(START.plusSeconds(60));
  }

  @Test
  void without_a_request_there_is_no_deadline_to_cancel_by() {
    assertThat(JobLifecycle.onCancelDeadline(SampleJobs.running(3)))
        .isEqualTo(new Transition.Stale());
    assertThat(JobLifecycle.cancelRunsOutAt(SampleJobs.running(3))).isEmpty();
  }

  @Test
  void only_a_queued_job_expires() {
    assertThat(JobLifecycle.onQueueTimeout(SampleJobs.queued(3)))
        .isInstanceOfSatisfying(
            Transition.End.class,
            end -> {
              assertThat(end.status()).isEqualTo(JobStatus.EXPIRED);
              assertThat(errorClass(end)).isEqualTo("queue_timeout");
              assertThat(end.attemptOutcome()).isNull();
            });
    assertThat(JobLifecycle.onQueueTimeout(SampleJobs.assigned(3)))
        .isEqualTo(new Transition.Stale());
  }

  @Test
  void the_queue_timeout_counts_from_the_last_time_the_job_became_due() {
    Job job = SampleJobs.running(3);
    Instant due = START.plusSeconds(300);
    Job waiting = job.after(new Transition.Requeue(due, true, "failed", null), START);

    assertThat(JobLifecycle.expiresAt(SampleJobs.queued(3))).contains(START.plus(QUEUE_TIMEOUT));
    assertThat(JobLifecycle.expiresAt(waiting)).contains(due.plus(QUEUE_TIMEOUT));
    assertThat(JobLifecycle.expiresAt(job)).isEmpty();
    assertThat(waiting.queuedAt()).isEqualTo(START);
  }

  @Test
  void the_run_timeout_counts_from_the_assignment() {
    assertThat(JobLifecycle.runsOutAt(SampleJobs.assigned(3))).contains(START.plus(RUN_TIMEOUT));
    assertThat(JobLifecycle.runsOutAt(SampleJobs.queued(3))).isEmpty();
  }

  @Test
  void a_person_may_retry_what_failed_was_cancelled_or_expired() {
    for (JobStatus status : JobStatus.values()) {
      boolean may =
          status == JobStatus.FAILED
              || status == JobStatus.CANCELLED
              || status == JobStatus.EXPIRED;
      assertThat(JobLifecycle.onRetryByPerson(in(status)))
          .as(status.wireName())
          .isEqualTo(may ? new Transition.Renew() : new Transition.Stale());
    }
  }

  @Test
  void a_retry_by_a_person_has_a_fresh_budget_and_a_new_place_in_the_queue() {
    Instant later = START.plusSeconds(500);
    Job again = in(JobStatus.FAILED).after(new Transition.Renew(), later);

    assertThat(again.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(again.attemptsUsed()).isZero();
    assertThat(again.attempt()).as("the fence never goes back").isEqualTo(1);
    assertThat(again.queuedAt()).isEqualTo(later);
    assertThat(again.dueAt()).isEqualTo(later);
    assertThat(again.error()).isNull();
    assertThat(again.finishedAt()).isNull();
    assertThat(again.cancelRequestedAt()).isNull();
  }

  @Test
  void only_a_queued_job_can_be_assigned() {
    assertThatThrownBy(() -> SampleJobs.assigned(3).assignedTo(AGENT, START, LEASE_END))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_end_is_final() {
    assertThatThrownBy(() -> new Transition.End(JobStatus.QUEUED, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Job in(JobStatus status) {
    return switch (status) {
      case QUEUED -> SampleJobs.queued(3);
      case ASSIGNED -> SampleJobs.assigned(3);
      case RUNNING -> SampleJobs.running(3);
      case COMPLETED, FAILED, CANCELLED, EXPIRED ->
          SampleJobs.running(3).after(new Transition.End(status, null, null), START);
    };
  }

  private static void assertCancelledUnconfirmed(Transition transition) {
    assertThat(transition)
        .isInstanceOfSatisfying(
            Transition.End.class,
            end -> {
              assertThat(end.status()).isEqualTo(JobStatus.CANCELLED);
              assertThat(errorClass(end)).isEqualTo("cancel_unconfirmed");
              assertThat(end.attemptOutcome()).isEqualTo("cancelled");
            });
  }

  private static String errorClass(Transition.End end) {
    assertThat(end.error()).isNotNull();
    return end.error().errorClass();
  }
}

package dev.muster.domain.job;

import java.time.Instant;

/** What the agent that has a job may do to it. */
final class LeasedReports {
  private LeasedReports() {}

  static Transition on(Job job, Report report, Instant now, double jitter) {
    return switch (report) {
      case Report.Running running ->
          job.status() == JobStatus.ASSIGNED
              ? new Transition.Start(running.progress())
              : new Transition.Stay(running.progress());
      case Report.Completed completed ->
          new Transition.End(JobStatus.COMPLETED, completed.result(), null);
      case Report.Failed failed -> onFailure(job, failed, now, jitter);
      case Report.Cancelled ignored -> new Transition.End(JobStatus.CANCELLED, null, null);
      case Report.Released ignored ->
          // It does not run any more, and nobody wants it to run again.
          isToBeCancelled(job)
              ? new Transition.End(JobStatus.CANCELLED, null, null)
              : new Transition.Requeue(now, false, Attempt.RELEASED, null);
    };
  }

  private static Transition onFailure(Job job, Report.Failed failed, Instant now, double jitter) {
    if (failed.retryable() && isToBeCancelled(job)) {
      return new Transition.End(JobStatus.CANCELLED, null, failed.error());
    }
    if (failed.retryable() && job.hasBudget()) {
      Instant next = now.plus(Backoff.after(job.attemptsUsed(), jitter));
      return new Transition.Requeue(next, true, Attempt.FAILED, failed.error());
    }
    return new Transition.End(JobStatus.FAILED, null, failed.error());
  }

  private static boolean isToBeCancelled(Job job) {
    return job.cancelRequestedAt() != null;
  }
}

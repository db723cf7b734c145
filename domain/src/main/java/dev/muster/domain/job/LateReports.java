package dev.muster.domain.job;

/** What the agent that had a job last may still do to it. */
final class LateReports {
  private LateReports() {}

  /**
   * While the job waits for its next attempt, a result of the newest one still counts: the work is
   * done, and doing it again would be waste. What would only send it back is true already.
   */
  static Transition onRequeued(Report report) {
    return switch (report) {
      case Report.Completed completed ->
          new Transition.End(JobStatus.COMPLETED, completed.result(), null);
      case Report.Failed failed ->
          failed.retryable()
              ? new Transition.Repeat()
              : new Transition.End(JobStatus.FAILED, null, failed.error());
      case Report.Released ignored -> new Transition.Repeat();
      // Nobody asked for a cancel, or it would not be queued; and whoever runs it has lost it.
      case Report.Cancelled ignored -> new Transition.Stale();
      case Report.Running ignored -> new Transition.Stale();
    };
  }

  /** After the end, only what was said before may be said again. */
  static Transition onEnded(Job job, Report report) {
    boolean saidBefore =
        switch (report) {
          case Report.Completed completed ->
              job.status() == JobStatus.COMPLETED && completed.result().equals(job.result());
          case Report.Failed failed ->
              (job.status() == JobStatus.FAILED
                      || (job.status() == JobStatus.CANCELLED && failed.retryable()))
                  && failed.error().equals(job.error());
          case Report.Cancelled ignored -> job.status() == JobStatus.CANCELLED;
          case Report.Released ignored -> job.status() == JobStatus.CANCELLED;
          case Report.Running ignored -> false;
        };
    return saidBefore ? new Transition.Repeat() : new Transition.Stale();
  }
}

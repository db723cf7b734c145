package dev.muster.server.tracing;

import dev.muster.domain.job.Job;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.tracing.Tracing;

/**
 * Assignments, as {@code job.claim}: from when a job was due until an agent had it. A job that was
 * submitted outside of any trace has none. Thread-safe.
 */
public final class TracedDispatch implements JobDispatch {
  private final JobDispatch dispatch;
  private final Tracing tracing;

  /** Around a port. */
  public TracedDispatch(JobDispatch dispatch, Tracing tracing) {
    this.dispatch = dispatch;
    this.tracing = tracing;
  }

  @Override
  public Outcome<Claimed> claim(Caller caller, Claim claim) throws InterruptedException {
    Outcome<Claimed> outcome = dispatch.claim(caller, claim);
    if (outcome instanceof Outcome.Done<Claimed>(Claimed claimed)) {
      claimed.jobs().forEach(leased -> note(leased.job()));
    }
    return outcome;
  }

  private void note(Job job) {
    if (job.spec().trace() != null && job.assignedAt() != null) {
      JobSpan.begin(tracing, "job.claim", job, job.dueAt()).end(job.assignedAt());
    }
  }
}

package dev.muster.ports.in.job;

import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;

/** Steering jobs that were submitted. */
public interface JobControl {
  /**
   * Asks for a job to stop: at once where it is queued, else through its agent. Repeating it
   * changes nothing; {@code state_conflict} where the job has ended otherwise.
   */
  Outcome<JobStanding> cancel(Caller caller, JobId job);

  /**
   * Queues a failed, cancelled or expired job again, with a fresh budget; {@code state_conflict}
   * for any other, {@code queue_full}, {@code tenant_suspended}.
   */
  Outcome<JobStanding> retry(Caller caller, JobId job);
}

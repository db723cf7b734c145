package dev.muster.jdbc.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobSpec;
import java.time.Instant;

/**
 * A job that is to be added.
 *
 * @param due whether it stands in its lane at once
 */
record NewJob(Job job, boolean due) {
  /**
   * Nobody has had it yet.
   *
   * @throws IllegalStateException where somebody has: the cap is looked at where jobs are assigned
   */
  NewJob {
    if (job.status().isLeased() || job.attempt() != 0) {
      throw new IllegalStateException("a job is leased by assigning it from the queue only");
    }
  }

  JobSpec spec() {
    return job.spec();
  }

  Instant expiresAt() {
    return job.dueAt().plus(job.spec().queueTimeout());
  }
}

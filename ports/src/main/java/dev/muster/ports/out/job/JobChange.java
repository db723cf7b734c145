package dev.muster.ports.out.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job, and of the attempt that it was in.
 *
 * @param before as it was locked
 * @param started when its agent began, or null where that is nothing new
 * @param ended how the attempt ended, or null where it did not
 */
public record JobChange(
    Job before, Job after, @Nullable Instant started, @Nullable AttemptEnd ended) {

  /**
   * How an attempt ended.
   *
   * @param outcome as {@link dev.muster.domain.job.Attempt#outcome()} names it
   */
  public record AttemptEnd(Instant at, String outcome, @Nullable JobError error) {}

  /** A change that tells nothing of the attempt. */
  public static JobChange of(Job before, Job after) {
    return new JobChange(before, after, null, null);
  }

  /** This change and the next one as one; of an attempt the first word stays. */
  public JobChange then(JobChange next) {
    return new JobChange(
        before,
        next.after,
        started == null ? next.started : started,
        ended == null ? next.ended : ended);
  }
}

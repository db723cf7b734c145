package dev.muster.application.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Transition;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.job.Intake.Entrance;
import java.time.Instant;

/** What a job is to begin with. */
final class NewJob {
  private NewJob() {}

  /** A job of a submission: queued, or failed where it does not want to wait and would have to. */
  static Job of(JobId id, Submission submission, JobSpec spec, Entrance entrance, Instant now) {
    Job job =
        queued(
            id,
            submission.tenant(),
            spec,
            entrance.pool(),
            entrance.workerType(),
            submission.caller().principal().displayName(),
            now);
    boolean wouldWait =
        mustStartAtOnce(job, now) && submission.unmet().contains(spec.requirements());
    return wouldWait ? failed(job, now) : job;
  }

  static Job queued(
      JobId id,
      TenantId tenant,
      JobSpec spec,
      Pool pool,
      String workerType,
      String createdBy,
      Instant now) {
    Instant due =
        spec.availableAt() != null && spec.availableAt().isAfter(now) ? spec.availableAt() : now;
    return new Job(
        id,
        tenant,
        spec,
        pool,
        workerType,
        JobStatus.QUEUED,
        0,
        0,
        null,
        due,
        spec.availableAt(),
        due,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        createdBy);
  }

  static boolean mustStartAtOnce(Job job, Instant now) {
    return job.spec().whenNoAgent() == WhenNoAgent.FAIL && isClaimable(job, now);
  }

  static boolean isClaimable(Job job, Instant now) {
    return job.status() == JobStatus.QUEUED && !job.dueAt().isAfter(now);
  }

  private static Job failed(Job job, Instant now) {
    JobError error =
        new JobError(JobError.NO_AGENT_AVAILABLE, "No agent that fits has a free slot.");
    return job.after(new Transition.End(JobStatus.FAILED, null, error), now);
  }
}

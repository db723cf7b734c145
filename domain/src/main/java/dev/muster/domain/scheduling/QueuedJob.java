package dev.muster.domain.scheduling;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;

/** A queued job that is due, as far as planning looks at it. */
public record QueuedJob(
    JobId id,
    TenantId tenant,
    Pool pool,
    String workerType,
    Priority priority,
    Requirements requirements,
    Instant queuedAt) {
  /** A job as planning looks at it. */
  public static QueuedJob of(Job job) {
    return new QueuedJob(
        job.id(),
        job.tenant(),
        job.pool(),
        job.workerType(),
        job.spec().priority(),
        job.spec().requirements(),
        job.queuedAt());
  }
}

package dev.muster.ports.in.job;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Submitting jobs. */
public interface JobSubmission {
  /** The most jobs that one request submits. */
  int MOST_JOBS = 1_000;

  /**
   * Puts a job into the queue of the caller's tenant; {@code queue_full}, {@code tenant_suspended},
   * {@code invalid}, or {@code tenant_required} for an operator, who has no queue.
   */
  Outcome<Submitted> submit(Caller caller, JobSpec spec);

  /**
   * Puts all of up to {@value #MOST_JOBS} jobs into the queue of the caller's tenant, or none;
   * refused as one is, where the queue has no room for all of them too. Their places in line are
   * not told.
   *
   * @return the jobs in the order of their specifications
   */
  Outcome<List<Submitted>> submitAll(Caller caller, List<JobSpec> specs);

  /** The token of a job, derived afresh: the same each time. */
  Secret tokenOf(TenantId tenant, JobId job);

  /**
   * A submitted job.
   *
   * @param token reads, follows and cancels this one job
   * @param position its place in line, 1 for the next; null past 1,000, when it is not queued, and
   *     where many are submitted at once
   */
  record Submitted(JobStanding standing, Secret token, @Nullable Integer position) {}
}

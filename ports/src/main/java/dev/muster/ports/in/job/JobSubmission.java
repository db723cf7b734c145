package dev.muster.ports.in.job;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import org.jspecify.annotations.Nullable;

/** Submitting jobs. */
public interface JobSubmission {
  /**
   * Puts a job into the queue of the caller's tenant; {@code queue_full}, {@code tenant_suspended},
   * or {@code tenant_required} for an operator, who has no queue.
   */
  Outcome<Submitted> submit(Caller caller, JobSpec spec);

  /** The token of a job, derived afresh: the same each time. */
  Secret tokenOf(TenantId tenant, JobId job);

  /**
   * A submitted job.
   *
   * @param token reads, follows and cancels this one job
   * @param position its place in line, 1 for the next; null past 1,000 and when it is not queued
   */
  record Submitted(JobStanding standing, Secret token, @Nullable Integer position) {}
}

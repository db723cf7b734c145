package dev.muster.application.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What one request submits: all of it is taken, or nothing.
 *
 * @param unmet what is required of agents that no agent with a free slot has now; of such jobs
 *     those fail that do not want to wait
 */
record Submission(Caller caller, List<JobSpec> specs, Set<Requirements> unmet) {
  TenantId tenant() {
    return caller.tenant();
  }

  /**
   * What became of one: its jobs in the order in which they were named.
   *
   * @param at when they were taken
   */
  record Taken(List<Job> jobs, Instant at) {}
}

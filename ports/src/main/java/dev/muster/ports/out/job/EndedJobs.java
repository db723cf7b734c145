package dev.muster.ports.out.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import java.util.List;

/** The jobs of a tenant that have ended, where many of them are queued again at once. */
public interface EndedJobs {
  /** How many jobs fit a filter; of other tenants none, whatever it says. */
  int count(TenantId tenant, JobFilter filter);

  /** How much the tenant's queue takes now. */
  QueueRoom room(TenantId tenant);

  /**
   * Up to {@code limit} jobs that fit a filter, those submitted first, locked in that order until
   * the transaction ends.
   */
  List<Job> lock(TenantId tenant, JobFilter filter, int limit);

  /**
   * Replaces jobs that are locked by what became of them, and counts all into the queue.
   *
   * @return false, and nothing is changed, where the queue has no room for all of them
   * @throws IllegalStateException where one of them changed, which the locks rule out
   */
  boolean enqueueAgain(TenantId tenant, List<Renewed> jobs);

  /**
   * How much a queue takes.
   *
   * @param open false for a tenant that is suspended
   * @param free how many jobs it takes where it is open
   */
  record QueueRoom(boolean open, int free) {}

  /** A job before and after. */
  record Renewed(Job before, Job after) {}
}

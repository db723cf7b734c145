package dev.muster.ports.in.job;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trying many jobs again with one order. */
public interface BulkRetry {
  /** The most jobs that one order queues again. */
  int MOST_JOBS = 10_000;

  /**
   * Queues the jobs of a filter again that ended without success until now, those submitted first,
   * each as {@link JobControl#retry} would: as many as the queue of their tenant takes. Refused
   * with {@code invalid} for a status that cannot be retried, {@code tenant_suspended}, {@code
   * not_found} for another tenant than the caller's own.
   *
   * @param filter a status that is null stands for failed
   * @param dryRun counts, and changes nothing
   */
  Outcome<Retried> retry(Caller caller, JobFilter filter, boolean dryRun);

  /**
   * What was, or in a dry run would be, queued again.
   *
   * @param tenants those that have jobs which fit; one of several that an operator reaches may be
   *     done where another is full
   */
  record Retried(boolean dryRun, List<OfTenant> tenants) {
    /** Copies the list. */
    public Retried {
      tenants = List.copyOf(tenants);
    }
  }

  /**
   * What became of the jobs of one tenant.
   *
   * @param matched how many fit
   * @param room how many of them the queue had room for when they were counted
   * @param retried how many were queued again; none in a dry run
   * @param obstacle why not all of them were, or would be, or null where nothing is in the way
   */
  record OfTenant(
      TenantId tenant, int matched, int room, int retried, @Nullable Obstacle obstacle) {}

  /** Why a job that could be tried again is left as it is. */
  enum Obstacle {
    /** The tenant's queue is full. */
    QUEUE_FULL,
    /** The tenant is suspended. */
    TENANT_SUSPENDED,
    /** One order does not take more. */
    TOO_MANY
  }
}

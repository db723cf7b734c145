package dev.muster.ports.out.job;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs of a tenant. */
public interface Jobs {
  /** The job of this id. */
  Optional<Job> find(TenantId tenant, JobId id);

  /** The job of this id, locked with its tenant's counters until the transaction ends. */
  Optional<Job> lock(TenantId tenant, JobId id);

  /**
   * Replaces a job by what became of it, and moves the tenant's counters with its state. A job that
   * goes back to the queue never meets its limit.
   *
   * @return false, and nothing changed, where the job no longer has the state and attempt of {@code
   *     before}
   */
  boolean replace(TenantId tenant, Job before, Job after);

  /** Like {@link #replace}, but the queue's limit and a suspension hold: for retries by people. */
  Enqueued enqueueAgain(TenantId tenant, Job before, Job after);

  /** Jobs, newest first. */
  Page<Job> list(TenantId tenant, JobFilter filter, PageRequest page);

  /** Notes that an attempt's agent has begun. */
  void attemptStarted(TenantId tenant, JobId id, int number, Instant at);

  /** Notes how an attempt ended, unless that was noted before. */
  void attemptEnded(
      TenantId tenant, JobId id, int number, Instant at, String outcome, @Nullable JobError error);

  /** The attempts of a job, oldest first. */
  List<Attempt> attempts(TenantId tenant, JobId id);

  /** Whether a job went into the queue. */
  enum Enqueued {
    /** It did. */
    YES,
    /** The tenant's queue is full. */
    QUEUE_FULL,
    /** The tenant is suspended. */
    TENANT_SUSPENDED,
    /** The job no longer has the state that the decision was made on. */
    CHANGED_MEANWHILE
  }
}

package dev.muster.ports.out.job;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.List;
import java.util.Optional;

/** The jobs of a tenant. */
public interface Jobs {
  /** The job of this id. */
  Optional<Job> find(TenantId tenant, JobId id);

  /** The job of this id, locked until the transaction ends. */
  Optional<Job> lock(TenantId tenant, JobId id);

  /**
   * Puts a job that has ended back into the queue by a person's wish: the queue's limit and a
   * suspension hold. Every other change of a job goes through {@link JobBatches}.
   */
  Enqueued enqueueAgain(TenantId tenant, Job before, Job after);

  /** Jobs, newest first. */
  Page<Job> list(TenantId tenant, JobFilter filter, PageRequest page);

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

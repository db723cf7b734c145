package dev.muster.jdbc.job;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.job.Jobs;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The jobs of a tenant. Thread-safe: each thread works in its own open transaction. */
public final class JdbcJobs implements Jobs {
  private static final String FIND = "SELECT * FROM jobs WHERE tenant_id = :tenant AND id = :id";

  private final JdbcTransactions transactions;
  private final InstantSource clock;

  /**
   * On the transactions that are open.
   *
   * @param clock the one of the use cases: it tells which jobs are due as they are queued
   */
  public JdbcJobs(JdbcTransactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public Optional<Job> find(TenantId tenant, JobId id) {
    return transactions.forTenant(tenant, handle -> select(handle, FIND, tenant, id));
  }

  @Override
  public Optional<Job> lock(TenantId tenant, JobId id) {
    return transactions.forTenant(
        tenant, handle -> select(handle, FIND + " FOR NO KEY UPDATE", tenant, id));
  }

  @Override
  public Enqueued enqueueAgain(TenantId tenant, Job before, Job after) {
    return transactions.forTenant(
        tenant,
        handle -> {
          boolean due = isDue(after);
          Enqueued entered = QueueEntry.enter(handle, tenant, due);
          if (entered == Enqueued.YES && !JobStatements.update(handle, before, after, due)) {
            QueueEntry.leave(handle, tenant, due);
            return Enqueued.CHANGED_MEANWHILE;
          }
          return entered;
        });
  }

  @Override
  public Page<Job> list(TenantId tenant, JobFilter filter, PageRequest page) {
    return transactions.forTenant(
        tenant, handle -> JobListing.read(handle, filter.ofTenant(tenant), page));
  }

  @Override
  public List<Attempt> attempts(TenantId tenant, JobId id) {
    return transactions.forTenant(tenant, handle -> AttemptStatements.of(handle, tenant, id));
  }

  private static Optional<Job> select(Handle handle, String sql, TenantId tenant, JobId id) {
    return handle
        .createQuery(sql)
        .bind("tenant", tenant.value())
        .bind("id", id.value())
        .map(JdbcJobRow.MAPPER)
        .findOne();
  }

  /** Whether it may be claimed at once; the others are promoted when their time comes. */
  private boolean isDue(Job job) {
    return job.availableAt() == null || !job.availableAt().isAfter(clock.instant());
  }
}

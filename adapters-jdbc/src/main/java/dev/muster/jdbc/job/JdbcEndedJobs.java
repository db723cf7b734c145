package dev.muster.jdbc.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.job.EndedJobs;
import java.util.List;

/** The ended jobs of a tenant, many at once. Thread-safe. */
public final class JdbcEndedJobs implements EndedJobs {
  private final JdbcTransactions transactions;

  /** On the transactions that are open. */
  public JdbcEndedJobs(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public int count(TenantId tenant, JobFilter filter) {
    JobConditions wanted = JobConditions.of(filter.ofTenant(tenant));
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery("SELECT count(*) FROM jobs WHERE " + wanted.sql())
                .bindMap(wanted.values())
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public QueueRoom room(TenantId tenant) {
    return transactions.forTenant(tenant, handle -> QueueEntry.room(handle, tenant));
  }

  @Override
  public List<Job> lock(TenantId tenant, JobFilter filter, int limit) {
    JobConditions wanted = JobConditions.of(filter.ofTenant(tenant));
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM jobs WHERE %s ORDER BY id LIMIT :limit FOR NO KEY UPDATE"
                        .formatted(wanted.sql()))
                .bindMap(wanted.values())
                .bind("limit", limit)
                .map(JdbcJobRow.MAPPER)
                .list());
  }

  @Override
  public boolean enqueueAgain(TenantId tenant, List<Renewed> jobs) {
    return jobs.isEmpty()
        || transactions.forTenant(
            tenant,
            handle -> {
              if (!QueueEntry.enter(handle, tenant, jobs.size())) {
                return false;
              }
              if (JobStatements.update(handle, jobs, true) != jobs.size()) {
                throw new IllegalStateException("a job changed although it is locked");
              }
              return true;
            });
  }
}

package dev.muster.jdbc.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Jobs over all tenants. What sweeps change or name skips rows that somebody else has locked: the
 * next sweep finds them. Thread-safe.
 */
public final class JdbcJobDirectory implements JobDirectory {
  /**
   * By their keys, and only then by their status (OFFSET keeps the two apart): the index of what is
   * leased is short, but for the dead entries of all that was.
   */
  private static final String LEASED =
      """
      SELECT job.*
      FROM unnest(:tenants, :jobs) AS wanted (tenant_id, id)
      CROSS JOIN LATERAL (
        SELECT * FROM jobs
        WHERE jobs.tenant_id = wanted.tenant_id AND jobs.id = wanted.id
        OFFSET 0) AS job
      WHERE job.status IN ('assigned', 'running')
      """;

  private static final int MOST_PROMOTED_AT_ONCE = 10_000;

  private final JdbcTransactions transactions;
  private final LineStarts starts = new LineStarts(System::nanoTime);

  /** On the given transactions. */
  public JdbcJobDirectory(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<TenantId> tenantOf(JobId id) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery("SELECT tenant_id FROM jobs WHERE id = :id")
            .bind("id", id.value())
            .mapTo(UUID.class)
            .findOne()
            .map(TenantId::new));
  }

  @Override
  public Page<Job> list(JobFilter filter, PageRequest page) {
    return transactions.forAllTenants(handle -> JobListing.read(handle, filter, page));
  }

  @Override
  public Map<TenantId, Integer> count(JobFilter filter) {
    JobConditions wanted = JobConditions.of(filter);
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(
                """
                SELECT tenant_id, count(*) AS jobs FROM jobs WHERE %s
                GROUP BY tenant_id ORDER BY tenant_id
                """
                    .formatted(wanted.sql()))
            .bindMap(wanted.values())
            .reduceRows(
                new LinkedHashMap<TenantId, Integer>(),
                (counted, row) -> {
                  counted.put(
                      new TenantId(row.getColumn("tenant_id", UUID.class)),
                      row.getColumn("jobs", Integer.class));
                  return counted;
                }));
  }

  @Override
  public List<Ref> leasedTo(AgentId agent) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(
                """
                SELECT tenant_id, id FROM jobs
                WHERE agent_id = :agent AND status IN ('assigned', 'running')
                ORDER BY tenant_id, id
                """)
            .bind("agent", agent.value())
            .map(JdbcJobDirectory::ref)
            .list());
  }

  @Override
  public List<Ref> overdueLeases(Instant now, Duration cancelGrace, int limit) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(
                """
                SELECT tenant_id, id FROM jobs
                WHERE status IN ('assigned', 'running') AND (
                  lease_expires_at <= :now
                  OR assigned_at + make_interval(secs => run_timeout_seconds) <= :now
                  OR cancel_requested_at <= :askedBefore)
                ORDER BY tenant_id, id
                LIMIT :limit
                """)
            .bind("now", now)
            .bind("askedBefore", now.minus(cancelGrace))
            .bind("limit", limit)
            .map(JdbcJobDirectory::ref)
            .list());
  }

  @Override
  public List<Ref> overdueInQueue(Instant now, int limit) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(
                """
                SELECT tenant_id, id FROM jobs
                WHERE status = 'queued' AND expires_at <= :now
                ORDER BY expires_at
                LIMIT :limit
                """)
            .bind("now", now)
            .bind("limit", limit)
            .map(JdbcJobDirectory::ref)
            .list());
  }

  @Override
  public int promoteDue(Instant now) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(
                """
                WITH delayed AS (
                  SELECT tenant_id, id FROM jobs
                  WHERE status = 'queued' AND NOT due AND available_at <= :now
                  ORDER BY available_at
                  LIMIT :limit
                  FOR NO KEY UPDATE SKIP LOCKED
                ), promoted AS (
                  UPDATE jobs SET due = true
                  FROM delayed
                  WHERE jobs.tenant_id = delayed.tenant_id AND jobs.id = delayed.id
                  RETURNING jobs.tenant_id
                ), locked AS MATERIALIZED (
                  SELECT tenant_id FROM tenant_counters
                  WHERE tenant_id IN (SELECT tenant_id FROM promoted)
                  ORDER BY tenant_id
                  FOR NO KEY UPDATE
                ), counted AS (
                  UPDATE tenant_counters SET arrivals = arrivals + arrived.jobs
                  FROM (SELECT tenant_id, count(*) AS jobs FROM promoted GROUP BY tenant_id)
                    AS arrived
                  JOIN locked ON locked.tenant_id = arrived.tenant_id
                  WHERE tenant_counters.tenant_id = arrived.tenant_id
                )
                SELECT count(*) FROM promoted
                """)
            .bind("now", now)
            .bind("limit", MOST_PROMOTED_AT_ONCE)
            .mapTo(Integer.class)
            .one());
  }

  @Override
  public Map<JobId, Integer> positions(Collection<Job> jobs, Instant now, int most) {
    return positions(jobs, now, most, new LineStarts(System::nanoTime));
  }

  @Override
  public Map<JobId, Integer> positionsOfNew(Collection<Job> jobs, Instant now, int most) {
    return positions(jobs, now, most, starts);
  }

  private Map<JobId, Integer> positions(
      Collection<Job> jobs, Instant now, int most, LineStarts from) {
    List<LineUp> lines = LineUp.of(jobs, now);
    return lines.isEmpty()
        ? Map.of()
        : transactions.forAllTenants(handle -> PlaceInLine.of(handle, lines, now, most, from));
  }

  @Override
  public List<Job> leased(Collection<Ref> jobs) {
    return jobs.isEmpty()
        ? List.of()
        : transactions.forAllTenants(handle ->
            handle
                .createQuery(LEASED)
                .bind(
                    "tenants",
                    SqlArray.of(
                        UUID.class, jobs.stream().map(job -> job.tenant().value()).toList()))
                .bind(
                    "jobs",
                    SqlArray.of(UUID.class, jobs.stream().map(job -> job.job().value()).toList()))
                .map(JdbcJobRow.MAPPER)
                .list());
  }

  @Override
  public int deleteEndedBefore(Instant moment, int limit) {
    return transactions.forAllTenants(handle ->
        handle
            .createUpdate(
                """
                DELETE FROM jobs
                USING (
                  SELECT tenant_id, id FROM jobs
                  WHERE finished_at < :moment
                  ORDER BY finished_at
                  LIMIT :limit
                  FOR UPDATE SKIP LOCKED
                ) AS ended
                WHERE jobs.tenant_id = ended.tenant_id AND jobs.id = ended.id
                """)
            .bind("moment", moment)
            .bind("limit", limit)
            .execute());
  }

  private static Ref ref(ResultSet row, StatementContext context) throws SQLException {
    return new Ref(
        new TenantId(Columns.uuid(row, "tenant_id")), new JobId(Columns.uuid(row, "id")));
  }
}

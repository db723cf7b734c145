package dev.muster.jdbc.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.job.JobDirectory.Ref;
import dev.muster.ports.out.job.Leases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The leases of agents. Thread-safe. */
public final class JdbcLeases implements Leases {
  private static final int MISSES_TO_LOSE_A_LEASE = 2;

  /**
   * Locks the agent's jobs in their order, then tells those it named from those it did not. A job
   * that is named with an older attempt is one that it did not name.
   */
  private static final String RENEW =
      """
      WITH held AS (
        SELECT job.tenant_id, job.id, named.id IS NOT NULL AS is_named
        FROM jobs AS job
        LEFT JOIN unnest(:ids, :attempts) AS named (id, attempt)
          ON named.id = job.id AND named.attempt = job.attempt
        WHERE job.agent_id = :agent AND job.status IN ('assigned', 'running')
        ORDER BY job.tenant_id, job.id
        FOR NO KEY UPDATE OF job
      )
      UPDATE jobs AS job SET
        lease_expires_at = CASE
          WHEN held.is_named THEN greatest(job.lease_expires_at, :until)
          ELSE job.lease_expires_at END,
        missed_heartbeats = CASE
          WHEN held.is_named THEN 0
          WHEN job.assigned_at <= :knownSince THEN job.missed_heartbeats + 1
          ELSE job.missed_heartbeats END
      FROM held
      WHERE job.tenant_id = held.tenant_id AND job.id = held.id
        AND job.agent_id = :agent AND job.status IN ('assigned', 'running')
      RETURNING job.tenant_id, job.id, held.is_named, job.missed_heartbeats,
        job.cancel_requested_at IS NOT NULL AS is_to_stop
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcLeases(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Renewal renew(
      AgentId agent, Map<JobId, Integer> named, Instant until, Instant knownSince) {
    List<Held> held =
        transactions.forAllTenants(handle -> renew(handle, agent, named, until, knownSince));
    return new Renewal(
        held.stream().filter(Held::isNamed).map(Held::job).toList(),
        held.stream().filter(job -> job.isNamed && job.isToStop).map(Held::job).toList(),
        held.stream()
            .filter(job -> !job.isNamed && job.misses >= MISSES_TO_LOSE_A_LEASE)
            .map(job -> new Ref(job.tenant, job.job))
            .toList());
  }

  private static List<Held> renew(
      Handle handle, AgentId agent, Map<JobId, Integer> named, Instant until, Instant knownSince) {
    List<Map.Entry<JobId, Integer>> pairs = List.copyOf(named.entrySet());
    return handle
        .createQuery(RENEW)
        .bind("agent", agent.value())
        .bind("until", until)
        .bind("knownSince", knownSince)
        .bindArray("ids", UUID.class, pairs.stream().map(pair -> pair.getKey().value()).toList())
        .bindArray("attempts", Integer.class, pairs.stream().map(Map.Entry::getValue).toList())
        .map(JdbcLeases::held)
        .list();
  }

  private static Held held(ResultSet row, StatementContext context) throws SQLException {
    return new Held(
        new TenantId(Columns.uuid(row, "tenant_id")),
        new JobId(Columns.uuid(row, "id")),
        row.getBoolean("is_named"),
        row.getBoolean("is_to_stop"),
        row.getInt("missed_heartbeats"));
  }

  private record Held(TenantId tenant, JobId job, boolean isNamed, boolean isToStop, int misses) {}
}

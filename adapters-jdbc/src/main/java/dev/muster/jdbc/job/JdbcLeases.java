package dev.muster.jdbc.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.out.job.JobDirectory.Ref;
import dev.muster.ports.out.job.Leases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/** The leases of agents. Thread-safe. */
public final class JdbcLeases implements Leases {
  private static final int MISSES_TO_LOSE_A_LEASE = 2;

  /**
   * Locks the agents' jobs in their order, after which they are found by their keys alone, then
   * tells those that were named from those that were not. A job that is named with an older attempt
   * is one that was not named. What was named is looked up by its hash, which a join would not do
   * here: many agents name thousands.
   */
  private static final String RENEW =
      """
      WITH held AS MATERIALIZED (
        SELECT job.tenant_id, job.id,
          (job.agent_id, job.id, job.attempt) IN (
            SELECT agent_id, id, attempt
            FROM unnest(:by, :ids, :attempts) AS named (agent_id, id, attempt)) AS is_named
        FROM jobs AS job
        WHERE job.agent_id = ANY (:agents) AND job.status IN ('assigned', 'running')
        ORDER BY job.tenant_id, job.id
        FOR NO KEY UPDATE OF job %s
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
      RETURNING job.agent_id, job.tenant_id, job.id, held.is_named, job.missed_heartbeats,
        job.cancel_requested_at IS NOT NULL AS is_to_stop
      """;

  static final String WAITING = RENEW.formatted("");
  private static final String PASSING_OVER = RENEW.formatted("SKIP LOCKED");

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcLeases(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Renewal renew(
      AgentId agent, Map<JobId, Integer> named, Instant until, Instant knownSince) {
    return renewal(renew(WAITING, Map.of(agent, named), until, knownSince));
  }

  @Override
  public Map<AgentId, Renewal> renew(
      Map<AgentId, Map<JobId, Integer>> named, Instant until, Instant knownSince) {
    Map<AgentId, List<Held>> held =
        renew(PASSING_OVER, named, until, knownSince).stream()
            .collect(Collectors.groupingBy(Held::agent));
    Map<AgentId, Renewal> renewals = new HashMap<>();
    named
        .keySet()
        .forEach(agent -> renewals.put(agent, renewal(held.getOrDefault(agent, List.of()))));
    return renewals;
  }

  private static Renewal renewal(List<Held> held) {
    return new Renewal(
        held.stream().filter(Held::isNamed).map(Held::job).toList(),
        held.stream().filter(job -> job.isNamed && job.isToStop).map(Held::job).toList(),
        held.stream()
            .filter(job -> !job.isNamed && job.misses >= MISSES_TO_LOSE_A_LEASE)
            .map(job -> new Ref(job.tenant, job.job))
            .toList());
  }

  private record Named(AgentId by, JobId job, int attempt) {}

  private List<Held> renew(
      String sql, Map<AgentId, Map<JobId, Integer>> namedBy, Instant until, Instant knownSince) {
    List<Named> named = new ArrayList<>();
    namedBy.forEach(
        (by, its) -> its.forEach((job, attempt) -> named.add(new Named(by, job, attempt))));
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(sql)
            .bind(
                "agents",
                SqlArray.of(UUID.class, namedBy.keySet().stream().map(AgentId::value).toList()))
            .bind("until", until)
            .bind("knownSince", knownSince)
            .bind(
                "by", SqlArray.of(UUID.class, named.stream().map(one -> one.by().value()).toList()))
            .bind(
                "ids",
                SqlArray.of(UUID.class, named.stream().map(one -> one.job().value()).toList()))
            .bind(
                "attempts", SqlArray.of(Integer.class, named.stream().map(Named::attempt).toList()))
            .map(JdbcLeases::held)
            .list());
  }

  private static Held held(ResultSet row, StatementContext context) throws SQLException {
    return new Held(
        new AgentId(Columns.uuid(row, "agent_id")),
        new TenantId(Columns.uuid(row, "tenant_id")),
        new JobId(Columns.uuid(row, "id")),
        row.getBoolean("is_named"),
        row.getBoolean("is_to_stop"),
        row.getInt("missed_heartbeats"));
  }

  private record Held(
      AgentId agent, TenantId tenant, JobId job, boolean isNamed, boolean isToStop, int misses) {}
}

package dev.muster.jdbc.fleet;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.Placement;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.fleet.InlineAgents;
import java.time.Instant;
import java.util.List;

/** The workers within replicas. Thread-safe. */
public final class JdbcInlineAgents implements InlineAgents {
  /** By two indexes that have no entry where nobody works inline. */
  private static final String NEEDED =
      """
      SELECT EXISTS (SELECT FROM tenants WHERE worker_mode = 'inline')
        OR EXISTS (SELECT FROM jobs WHERE worker_type = '(inline)' AND status = 'queued')
      """;

  /** An agent that is locked is just being seen again, or removed by somebody else. */
  private static final String REMOVE_ABANDONED =
      """
      WITH abandoned AS MATERIALIZED (
        SELECT
      """
          + JdbcAgentRows.COLUMNS
          + """
              FROM agents AS agent
             WHERE agent.worker_type = :inline AND agent.last_seen_at < :offline_since
               AND NOT EXISTS (
                 SELECT FROM agent_counters AS counters
                  WHERE counters.tenant_id = agent.tenant_id AND counters.agent_id = agent.id
                    AND counters.leased > 0)
             LIMIT :limit
               FOR UPDATE OF agent SKIP LOCKED
          ), removed AS (
            DELETE FROM agents
             USING abandoned
             WHERE agents.tenant_id = abandoned.tenant_id AND agents.id = abandoned.id
            RETURNING agents.id
          )
          SELECT abandoned.* FROM abandoned JOIN removed ON removed.id = abandoned.id
          """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcInlineAgents(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean areNeeded() {
    return transactions.forAllTenants(
        handle -> handle.createQuery(NEEDED).mapTo(Boolean.class).one());
  }

  @Override
  public List<Agent> removeAbandoned(Instant offlineSince, int limit) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(REMOVE_ABANDONED)
            .bind("inline", Placement.INLINE)
            .bind("offline_since", offlineSince)
            .bind("limit", limit)
            .map(JdbcAgentRows::read)
            .list());
  }
}

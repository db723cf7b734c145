package dev.muster.jdbc.fleet;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.Agent;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.fleet.AgentLogins;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finding agents before their tenant is known. Thread-safe. */
public final class JdbcAgentLogins implements AgentLogins {
  private static final String BY_KEY =
      "SELECT "
          + JdbcAgentRows.COLUMNS
          + """
            FROM agent_keys
            JOIN agents AS agent
              ON agent.tenant_id = agent_keys.tenant_id AND agent.id = agent_keys.agent_id
           WHERE agent_keys.hash = :hash
             AND agent_keys.revoked_at IS NULL
             AND (agent_keys.expires_at IS NULL OR agent_keys.expires_at > :now)
          """;

  /**
   * Those that are just being noted by another, or are just calling, are left for the next time.
   */
  private static final String NEWLY_OFFLINE =
      """
      WITH silent AS (
        SELECT tenant_id, id
          FROM agents
         WHERE last_seen_at < :offline_since AND NOT offline_noted
         LIMIT :limit
           FOR NO KEY UPDATE SKIP LOCKED
      )
      UPDATE agents AS agent
         SET offline_noted = true
        FROM silent
       WHERE agent.tenant_id = silent.tenant_id AND agent.id = silent.id
      RETURNING
      """
          + JdbcAgentRows.COLUMNS;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAgentLogins(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Agent> byKey(TokenHash hash, Instant now) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(BY_KEY)
            .bind("hash", hash.bytes())
            .bind("now", now)
            .map(JdbcAgentRows::read)
            .findOne());
  }

  @Override
  public List<Agent> newlyOffline(Instant offlineSince, int limit) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(NEWLY_OFFLINE)
            .bind("offline_since", offlineSince)
            .bind("limit", limit)
            .map(JdbcAgentRows::read)
            .list());
  }
}

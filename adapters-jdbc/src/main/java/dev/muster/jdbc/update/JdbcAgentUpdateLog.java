package dev.muster.jdbc.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.domain.update.UpdateRecord;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.update.AgentUpdateLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;

/** What agents were offered, and what they said of it. Thread-safe. */
public final class JdbcAgentUpdateLog implements AgentUpdateLog {
  private static final String OF =
      """
      SELECT sequence, outcome, cause, reported_at FROM agent_updates
       WHERE tenant_id = :tenant AND agent_id = :agent
       ORDER BY sequence DESC
       LIMIT 200
      """;

  private static final String OFFERED =
      """
      INSERT INTO agent_updates (tenant_id, agent_id, sequence, offered_at, cause)
      VALUES (:tenant, :agent, :sequence, :at, '')
      ON CONFLICT (tenant_id, agent_id, sequence) DO NOTHING
      """;

  private static final String REPORTED =
      """
      UPDATE agent_updates SET outcome = :outcome, cause = :cause, reported_at = :at
       WHERE tenant_id = :tenant AND agent_id = :agent AND sequence = :sequence
         AND (outcome, cause) IS DISTINCT FROM (:outcome, :cause)
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAgentUpdateLog(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<UpdateRecord> of(TenantId tenant, AgentId agent) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(OF)
                .bind("tenant", tenant.value())
                .bind("agent", agent.value())
                .map(JdbcAgentUpdateLog::read)
                .list());
  }

  @Override
  public void offered(TenantId tenant, AgentId agent, long sequence, Instant at) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(OFFERED)
                .bind("tenant", tenant.value())
                .bind("agent", agent.value())
                .bind("sequence", sequence)
                .bind("at", at)
                .execute());
  }

  @Override
  public boolean reported(
      TenantId tenant,
      AgentId agent,
      long sequence,
      UpdateOutcome outcome,
      String cause,
      Instant at) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                    .createUpdate(REPORTED)
                    .bind("tenant", tenant.value())
                    .bind("agent", agent.value())
                    .bind("sequence", sequence)
                    .bind("outcome", Columns.word(outcome))
                    .bind("cause", cause)
                    .bind("at", at)
                    .execute()
                == 1);
  }

  private static UpdateRecord read(ResultSet row, StatementContext context) throws SQLException {
    boolean said = row.getString("outcome") != null;
    return new UpdateRecord(
        row.getLong("sequence"),
        said ? Columns.constant(row, "outcome", UpdateOutcome.class) : null,
        Columns.text(row, "cause"),
        Columns.instantOrNull(row, "reported_at"));
  }
}

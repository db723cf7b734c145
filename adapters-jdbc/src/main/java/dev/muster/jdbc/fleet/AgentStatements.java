package dev.muster.jdbc.fleet;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import org.jdbi.v3.core.statement.SqlStatement;

/** Statements about one agent: they name it {@code :tenant_id} and {@code :agent_id}. */
final class AgentStatements {
  private AgentStatements() {}

  /** The statement, about this agent. */
  static <S extends SqlStatement<S>> S ofAgent(S statement, TenantId tenant, AgentId agent) {
    return statement.bind("tenant_id", tenant.value()).bind("agent_id", agent.value());
  }
}

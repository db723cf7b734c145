package dev.muster.jdbc.fleet;

import static dev.muster.jdbc.Columns.constant;
import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.uuidOrNull;
import static dev.muster.jdbc.fleet.AgentStatements.ofAgent;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.AgentGrant.Grantor;
import dev.muster.domain.access.Permission;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.fleet.AgentGrants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What agents may do beside being agents. Thread-safe. */
public final class JdbcAgentGrants implements AgentGrants {
  private static final String OF =
      "SELECT * FROM agent_grants WHERE tenant_id = :tenant_id AND agent_id = :agent_id";

  private static final String CLEAR =
      "DELETE FROM agent_grants WHERE tenant_id = :tenant_id AND agent_id = :agent_id";

  private static final String ADD =
      """
      INSERT INTO agent_grants
        (tenant_id, agent_id, permission, granted_by_kind, granted_by_id, granted_by, granted_at,
         note)
      VALUES (:tenant_id, :agent_id, :permission, :kind, :by, :name, :at, :note)
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAgentGrants(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<AgentGrant> of(TenantId tenant, AgentId agent) {
    return transactions
        .forTenant(
            tenant,
            handle ->
                ofAgent(handle.createQuery(OF), tenant, agent).map(JdbcAgentGrants::read).list())
        .stream()
        .sorted(Comparator.comparing(AgentGrant::permission))
        .toList();
  }

  @Override
  public void replace(TenantId tenant, AgentId agent, List<AgentGrant> grants) {
    transactions.forTenant(
        tenant,
        handle -> {
          int cleared = ofAgent(handle.createUpdate(CLEAR), tenant, agent).execute();
          grants.forEach(grant -> add(handle, tenant, agent, grant));
          return cleared;
        });
  }

  private static void add(Handle handle, TenantId tenant, AgentId agent, AgentGrant grant) {
    ofAgent(handle.createUpdate(ADD), tenant, agent)
        .bind("permission", grant.permission().wireName())
        .bind("kind", grant.by().kind())
        .bindByType("by", grant.by().id(), UUID.class)
        .bind("name", grant.by().name())
        .bind("at", grant.at())
        .bind("note", grant.note())
        .execute();
  }

  private static AgentGrant read(ResultSet row, StatementContext unused) throws SQLException {
    return new AgentGrant(
        constant(row, "permission", Permission.class),
        new Grantor(
            text(row, "granted_by_kind"),
            uuidOrNull(row, "granted_by_id"),
            text(row, "granted_by")),
        instant(row, "granted_at"),
        text(row, "note"));
  }
}

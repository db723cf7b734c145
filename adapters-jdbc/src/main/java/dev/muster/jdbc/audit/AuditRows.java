package dev.muster.jdbc.audit;

import static dev.muster.jdbc.Columns.constant;
import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.uuid;
import static dev.muster.jdbc.Columns.uuidOrNull;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** Audit entries from their columns. */
final class AuditRows {
  private AuditRows() {}

  static AuditEntry read(ResultSet row, StatementContext unused) throws SQLException {
    return new AuditEntry(
        uuid(row, "id"),
        new TenantId(uuid(row, "tenant_id")),
        new AuditEntry.Actor(
            text(row, "actor_kind"), uuidOrNull(row, "actor_id"), text(row, "actor_name")),
        text(row, "action"),
        new AuditEntry.Resource(text(row, "resource_kind"), row.getString("resource_id")),
        constant(row, "outcome", AuditEntry.Outcome.class),
        row.getString("before"),
        row.getString("after"),
        new AuditEntry.Origin(
            row.getString("address"), row.getString("user_agent"), row.getString("request_id")),
        instant(row, "at"));
  }
}

package dev.muster.jdbc.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Attempt;
import dev.muster.jdbc.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads an attempt. */
final class AttemptRow implements RowMapper<Attempt> {
  static final AttemptRow MAPPER = new AttemptRow();

  private AttemptRow() {}

  @Override
  public Attempt map(ResultSet row, StatementContext context) throws SQLException {
    return new Attempt(
        row.getInt("number"),
        new AgentId(Columns.uuid(row, "agent_id")),
        Columns.instant(row, "assigned_at"),
        Columns.instantOrNull(row, "started_at"),
        Columns.instantOrNull(row, "ended_at"),
        row.getString("outcome"),
        JdbcJobRow.error(row));
  }
}

package dev.muster.jdbc.fleet;

import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.instantOrNull;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.texts;
import static dev.muster.jdbc.Columns.uuid;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.TreeSet;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Agents from their columns, for the slices whose statements join them. */
public final class JdbcAgentRows {
  /** The columns of an agent where its table is called {@code agent}, with {@code leased}. */
  public static final String COLUMNS =
      """
      agent.tenant_id, agent.id, agent.name, agent.capabilities, agent.tools, agent.region,
      agent.worker_type, agent.serves_tenant, agent.max_concurrent, agent.enabled, agent.draining,
      agent.version, agent.last_seen_at, agent.created_at,
      (SELECT leased FROM agent_counters AS counters
        WHERE counters.tenant_id = agent.tenant_id AND counters.agent_id = agent.id) AS leased
      """;

  /** Holds for agents that dial in; the workers within the server are nobody's to see or steer. */
  static final String DIALS_IN = " agent.worker_type <> '" + Placement.INLINE + "' ";

  private JdbcAgentRows() {}

  /** Reads a row of {@link #COLUMNS}. */
  public static Agent read(ResultSet row, StatementContext unused) throws SQLException {
    return new Agent(
        new AgentId(uuid(row, "id")),
        new TenantId(uuid(row, "tenant_id")),
        new AgentName(text(row, "name")),
        new Abilities(
            new TreeSet<>(texts(row, "capabilities")),
            new TreeSet<>(texts(row, "tools")),
            row.getString("region")),
        text(row, "worker_type"),
        slugOrNull(row.getString("serves_tenant")),
        row.getInt("max_concurrent"),
        row.getInt("leased"),
        row.getBoolean("enabled"),
        row.getBoolean("draining"),
        row.getString("version"),
        instantOrNull(row, "last_seen_at"),
        instant(row, "created_at"));
  }

  private static @Nullable TenantSlug slugOrNull(@Nullable String slug) {
    return slug == null ? null : new TenantSlug(slug);
  }
}

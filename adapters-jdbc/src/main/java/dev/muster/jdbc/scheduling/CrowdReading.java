package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.AgentCrowd;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.jdbc.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Counts the agents of an owner that are alike. */
final class CrowdReading {
  private static final String CROWDS =
      """
      SELECT
        agent.tenant_id, agent.capabilities, agent.tools, agent.region, agent.worker_type,
        agent.serves_tenant,
        (array_agg(agent.id))[1] AS id,
        count(*) AS agents,
        count(*) FILTER (WHERE agent.last_seen_at > :since) AS online,
        count(*) FILTER (WHERE agent.last_seen_at > :since AND counters.open) AS taking,
        coalesce(sum(greatest(counters.max_concurrent - counters.leased, 0)) FILTER (
          WHERE agent.last_seen_at > :since AND counters.open), 0) AS free
      FROM agents AS agent
      JOIN agent_counters AS counters
        ON counters.tenant_id = agent.tenant_id AND counters.agent_id = agent.id
      WHERE agent.tenant_id = :owner
      GROUP BY
        agent.tenant_id, agent.capabilities, agent.tools, agent.region, agent.worker_type,
        agent.serves_tenant
      """;

  private CrowdReading() {}

  static List<AgentCrowd> of(Handle handle, TenantId owner, Instant since) {
    return handle
        .createQuery(CROWDS)
        .bind("owner", owner.value())
        .bind("since", since)
        .map(CrowdReading::crowd)
        .list();
  }

  private static AgentCrowd crowd(ResultSet row, StatementContext context) throws SQLException {
    int free = row.getInt("free");
    return new AgentCrowd(
        alike(row, Math.max(1, free), 0, free),
        row.getInt("agents"),
        row.getInt("online"),
        row.getInt("taking"),
        free);
  }

  /** One of some agents that are alike, which stands for all of them. */
  static Seeker alike(ResultSet row, int wanted, int leased, int most) throws SQLException {
    String serves = row.getString("serves_tenant");
    return new Seeker(
        new AgentId(Columns.uuid(row, "id")),
        new TenantId(Columns.uuid(row, "tenant_id")),
        Abilities.of(
            Set.copyOf(Columns.texts(row, "capabilities")),
            Set.copyOf(Columns.texts(row, "tools")),
            row.getString("region")),
        Columns.text(row, "worker_type"),
        serves == null ? null : new TenantSlug(serves),
        wanted,
        leased,
        most);
  }
}

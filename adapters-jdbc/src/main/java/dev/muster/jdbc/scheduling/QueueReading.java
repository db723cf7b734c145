package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantLoad;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.job.JdbcJobRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads what planning looks at, by index, without locks. */
final class QueueReading {
  /**
   * Open tenants below their cap; from the first lane of each to the next, skipping what lies
   * between; of each lane the first jobs. The cost follows the lanes, not the jobs that wait.
   */
  static final String CANDIDATES =
      """
      WITH RECURSIVE open_tenant AS (
        SELECT counters.tenant_id, tenants.slug, counters.running, counters.max_running
        FROM tenant_counters AS counters
        JOIN tenants ON tenants.id = counters.tenant_id
        WHERE counters.open AND counters.queued > 0 AND counters.running < counters.max_running
          AND tenants.worker_mode = 'agent'
          AND (:shared OR counters.tenant_id = ANY (:agentTenants))
      ), lane AS (
        SELECT first.*
        FROM open_tenant
        CROSS JOIN LATERAL (
          SELECT tenant_id, agent_tenant_id, lane FROM jobs
          WHERE tenant_id = open_tenant.tenant_id AND status = 'queued' AND due
          ORDER BY agent_tenant_id, lane
          LIMIT 1) AS first
        UNION ALL
        SELECT next.*
        FROM lane
        CROSS JOIN LATERAL (
          SELECT tenant_id, agent_tenant_id, lane FROM jobs
          WHERE tenant_id = lane.tenant_id AND status = 'queued' AND due
            AND (agent_tenant_id, lane) > (lane.agent_tenant_id, lane.lane)
          ORDER BY agent_tenant_id, lane
          LIMIT 1) AS next
      )
      SELECT job.*, open_tenant.slug, open_tenant.running, open_tenant.max_running
      FROM lane
      JOIN open_tenant ON open_tenant.tenant_id = lane.tenant_id
      CROSS JOIN LATERAL (
        SELECT
          id, tenant_id, pool, worker_type, priority, capabilities, tools, preferred_region,
          queued_at
        FROM jobs
        WHERE tenant_id = lane.tenant_id AND agent_tenant_id = lane.agent_tenant_id
          AND lane = lane.lane AND status = 'queued' AND due
        ORDER BY queued_at, id
        LIMIT :window) AS job
      WHERE lane.agent_tenant_id = ANY (:agentTenants)
      """;

  /** An agent that has more than it should, since its most was lowered, has no slot to give. */
  private static final String ONLINE =
      """
      SELECT
        agent.tenant_id, agent.capabilities, agent.tools, agent.region, agent.worker_type,
        agent.serves_tenant,
        (array_agg(agent.id))[1] AS id,
        sum(job.leased) AS leased,
        sum(greatest(agent.max_concurrent - job.leased, 0)) AS free
      FROM agents AS agent
      JOIN agent_counters AS job ON job.tenant_id = agent.tenant_id AND job.agent_id = agent.id
      WHERE agent.tenant_id = ANY (:agentTenants)
        AND agent.enabled AND NOT agent.draining AND agent.last_seen_at > :onlineSince
      GROUP BY
        agent.tenant_id, agent.capabilities, agent.tools, agent.region, agent.worker_type,
        agent.serves_tenant
      """;

  private QueueReading() {}

  static List<Candidate> candidates(Handle handle, Set<TenantId> agentTenants, int window) {
    return handle
        .createQuery(CANDIDATES)
        .bind("shared", agentTenants.contains(TenantId.SYSTEM))
        .bindArray("agentTenants", UUID.class, ids(agentTenants))
        .bind("window", window)
        .map(QueueReading::candidate)
        .list();
  }

  static List<Seeker> online(Handle handle, Set<TenantId> agentTenants, Instant onlineSince) {
    return handle
        .createQuery(ONLINE)
        .bindArray("agentTenants", UUID.class, ids(agentTenants))
        .bind("onlineSince", onlineSince)
        .map(QueueReading::kind)
        .list();
  }

  private static List<UUID> ids(Set<TenantId> tenants) {
    return tenants.stream().map(TenantId::value).toList();
  }

  private static Candidate candidate(ResultSet row, StatementContext context) throws SQLException {
    return new Candidate(
        new QueuedJob(
            new JobId(Columns.uuid(row, "id")),
            new TenantId(Columns.uuid(row, "tenant_id")),
            Columns.constant(row, "pool", Pool.class),
            Columns.text(row, "worker_type"),
            Columns.constant(row, "priority", Priority.class),
            JdbcJobRow.requirements(row),
            Columns.instant(row, "queued_at")),
        load(row, context));
  }

  static TenantLoad load(ResultSet row, StatementContext context) throws SQLException {
    return new TenantLoad(
        new TenantId(Columns.uuid(row, "tenant_id")),
        new TenantSlug(Columns.text(row, "slug")),
        row.getInt("running"),
        row.getInt("max_running"));
  }

  private static Seeker kind(ResultSet row, StatementContext context) throws SQLException {
    int leased = row.getInt("leased");
    int free = row.getInt("free");
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
        Math.max(1, free),
        leased,
        leased + free);
  }

  /** A job that may start, with how much of its tenant's cap is in use. */
  record Candidate(QueuedJob job, TenantLoad load) {}
}

package dev.muster.jdbc.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.scheduling.LaneEnd;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.counters.Lane;
import dev.muster.jdbc.job.JdbcJobRow;
import dev.muster.ports.out.scheduling.JobQueue.OnlineAgents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads lanes and agents by index, without locks. */
final class QueueReading {
  private static final String JOB =
      """
      job.id, job.tenant_id, job.pool, job.worker_type, job.priority, job.capabilities, job.tools,
      job.preferred_region, job.queued_at
      """;

  /**
   * From the first lane of each tenant to the next, skipping what lies between; of each lane the
   * first jobs. The cost follows the lanes, not the jobs that wait.
   */
  static final String LANES =
      """
      WITH RECURSIVE lane AS (
        SELECT first.*
        FROM unnest(:tenants) AS wanted (tenant_id)
        CROSS JOIN LATERAL (
          SELECT tenant_id, agent_tenant_id, lane FROM jobs
          WHERE tenant_id = wanted.tenant_id AND status = 'queued' AND due
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
      SELECT lane.agent_tenant_id, lane.lane,
      """
          + JOB
          + """
          FROM lane
          CROSS JOIN LATERAL (
            SELECT * FROM jobs
            WHERE tenant_id = lane.tenant_id AND agent_tenant_id = lane.agent_tenant_id
              AND lane = lane.lane AND status = 'queued' AND due
            ORDER BY queued_at, id
            LIMIT :window) AS job
          """;

  static final String AFTER =
      "SELECT "
          + JOB
          + """
          FROM jobs AS job
          WHERE tenant_id = :tenant AND agent_tenant_id = :agents AND lane = :lane
            AND status = 'queued' AND due AND (queued_at, id) > (:queuedAt, :id)
          ORDER BY queued_at, id
          LIMIT :most
          """;

  /** An agent that has more than it should, since its most was lowered, has no slot to give. */
  private static final String ONLINE =
      """
      SELECT
        agent.tenant_id, agent.capabilities, agent.tools, agent.region, agent.worker_type,
        agent.serves_tenant,
        (array_agg(agent.id))[1] AS id,
        sum(counters.leased) AS leased,
        sum(greatest(counters.max_concurrent - counters.leased, 0)) AS free,
        sum(counters.max_concurrent) AS capacity
      FROM agents AS agent
      JOIN agent_counters AS counters
        ON counters.tenant_id = agent.tenant_id AND counters.agent_id = agent.id
      WHERE counters.open AND agent.last_seen_at > :since
      GROUP BY
        agent.tenant_id, agent.capabilities, agent.tools, agent.region, agent.worker_type,
        agent.serves_tenant
      """;

  private QueueReading() {}

  static Map<TenantId, List<LaneStart>> lanes(Handle handle, Set<TenantId> tenants, int window) {
    Map<Key, List<QueuedJob>> byLane = new LinkedHashMap<>();
    handle
        .createQuery(LANES)
        .bind("tenants", SqlArray.of(UUID.class, tenants.stream().map(TenantId::value).toList()))
        .bind("window", window)
        .map((row, context) -> Map.entry(key(row), job(row, context)))
        .forEach(found ->
            byLane
                .computeIfAbsent(found.getKey(), lane -> new ArrayList<>())
                .add(found.getValue()));
    Map<TenantId, List<LaneStart>> lanes = new HashMap<>();
    byLane.forEach((key, first) ->
        lanes
            .computeIfAbsent(key.tenant(), tenant -> new ArrayList<>())
            .add(new LaneStart(first, first.size() < window)));
    return lanes;
  }

  static List<QueuedJob> after(Handle handle, LaneEnd end, int most) {
    QueuedJob last = end.last();
    TenantId agents = last.pool() == Pool.SHARED ? TenantId.SYSTEM : last.tenant();
    return handle
        .createQuery(AFTER)
        .bind("tenant", last.tenant().value())
        .bind("agents", agents.value())
        .bind("lane", Lane.of(last))
        .bind("queuedAt", last.queuedAt())
        .bind("id", last.id().value())
        .bind("most", most)
        .map(QueueReading::job)
        .list();
  }

  static OnlineAgents online(Handle handle, Instant since) {
    List<Kind> kinds =
        handle.createQuery(ONLINE).bind("since", since).map(QueueReading::kind).list();
    int sharedCapacity =
        kinds.stream()
            .filter(kind -> kind.example().tenant().isSystem())
            .mapToInt(Kind::capacity)
            .sum();
    return new OnlineAgents(kinds.stream().map(Kind::example).toList(), sharedCapacity);
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(
        new TenantId(Columns.uuid(row, "tenant_id")),
        Columns.uuid(row, "agent_tenant_id"),
        Columns.uuid(row, "lane"));
  }

  static QueuedJob job(ResultSet row, StatementContext context) throws SQLException {
    return new QueuedJob(
        new JobId(Columns.uuid(row, "id")),
        new TenantId(Columns.uuid(row, "tenant_id")),
        Columns.constant(row, "pool", Pool.class),
        Columns.text(row, "worker_type"),
        Columns.constant(row, "priority", Priority.class),
        JdbcJobRow.requirements(row),
        Columns.instant(row, "queued_at"));
  }

  private static Kind kind(ResultSet row, StatementContext context) throws SQLException {
    int leased = row.getInt("leased");
    int free = row.getInt("free");
    Seeker example = CrowdReading.alike(row, Math.max(1, free), leased, leased + free);
    return new Kind(example, row.getInt("capacity"));
  }

  /** A lane as the index orders them. */
  private record Key(TenantId tenant, UUID agents, UUID lane) {}

  /** Agents that are alike. */
  private record Kind(Seeker example, int capacity) {}
}

package dev.muster.jdbc.scheduling;

/** The statements of {@link JdbcQueueSnapshots}. */
final class SnapshotSql {
  /**
   * From the first lane of each tenant to the next, and of each lane as many jobs as may be wanted
   * of the tenant: the first of a tenant are among them.
   */
  static final String WAITING =
      """
      WITH RECURSIVE lane AS (
        SELECT first.*, wanted.most
        FROM unnest(:tenants, :most) AS wanted (tenant_id, most)
        CROSS JOIN LATERAL (
          SELECT tenant_id, agent_tenant_id, lane FROM jobs
          WHERE tenant_id = wanted.tenant_id AND status = 'queued' AND due
          ORDER BY agent_tenant_id, lane
          LIMIT 1) AS first
        UNION ALL
        SELECT next.*, lane.most
        FROM lane
        CROSS JOIN LATERAL (
          SELECT tenant_id, agent_tenant_id, lane FROM jobs
          WHERE tenant_id = lane.tenant_id AND status = 'queued' AND due
            AND (agent_tenant_id, lane) > (lane.agent_tenant_id, lane.lane)
          ORDER BY agent_tenant_id, lane
          LIMIT 1) AS next
      )
      SELECT job.id, job.tenant_id, job.pool, job.worker_type, job.priority, job.capabilities,
        job.tools, job.preferred_region, job.queued_at, job.type
      FROM lane
      CROSS JOIN LATERAL (
        SELECT * FROM jobs
        WHERE tenant_id = lane.tenant_id AND agent_tenant_id = lane.agent_tenant_id
          AND lane = lane.lane AND status = 'queued' AND due
        ORDER BY queued_at, id
        LIMIT lane.most) AS job
      """;

  static final String AGENTS =
      """
      SELECT agent.id, agent.tenant_id, agent.capabilities, agent.tools, agent.region,
        agent.worker_type, agent.serves_tenant, counters.leased, counters.max_concurrent
      FROM agents AS agent
      JOIN agent_counters AS counters
        ON counters.tenant_id = agent.tenant_id AND counters.agent_id = agent.id
      WHERE counters.open AND agent.last_seen_at > :since
      ORDER BY agent.id
      LIMIT :most
      """;

  static final String LEASED =
      """
      SELECT id, tenant_id, pool, agent_id, type, assigned_at FROM jobs
      WHERE status IN ('assigned', 'running')
      LIMIT :most
      """;

  /** The limit within keeps the attempts from being read as a whole. */
  static final String RUN_TIMES =
      """
      SELECT job.type,
        round(avg(extract(epoch FROM job.finished_at - attempts.assigned_at)) * 1000000)::bigint
          AS micros
      FROM (
        SELECT tenant_id, id, attempt, type, finished_at FROM jobs
        WHERE finished_at >= :since AND status = 'completed'
        ORDER BY finished_at DESC
        LIMIT :sample
      ) AS job
      CROSS JOIN LATERAL (
        SELECT assigned_at FROM job_attempts
        WHERE tenant_id = job.tenant_id AND job_id = job.id AND number = job.attempt
        LIMIT 1
      ) AS attempts
      GROUP BY job.type
      """;

  private SnapshotSql() {}
}

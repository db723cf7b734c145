package dev.muster.jdbc.scheduling;

/** The statements of {@link JdbcQueueSnapshots}. */
final class SnapshotSql {
  private static final String ENTRY =
      """
      job.id, job.tenant_id, job.pool, job.worker_type, job.priority, job.capabilities, job.tools,
      job.preferred_region, job.queued_at, job.type, job.due_at, job.queue_timeout_seconds,
      job.attempts_used, job.max_attempts
      """;

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
      SELECT
      """
          + ENTRY
          + """
          FROM lane
          CROSS JOIN LATERAL (
            SELECT * FROM jobs
            WHERE tenant_id = lane.tenant_id AND agent_tenant_id = lane.agent_tenant_id
              AND lane = lane.lane AND status = 'queued' AND due
            ORDER BY queued_at, id
            LIMIT lane.most) AS job
          """;

  static final String DELAYED =
      "SELECT "
          + ENTRY
          + """
          FROM jobs AS job
          WHERE status = 'queued' AND NOT due AND available_at <= :until
          ORDER BY available_at
          LIMIT :most
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
      "SELECT "
          + ENTRY
          + """
          , job.agent_id, job.assigned_at
          FROM jobs AS job
          WHERE status IN ('assigned', 'running')
          LIMIT :most
          """;

  /**
   * The limit within keeps the attempts from being read as a whole. A job that has failed with
   * budget left was not to be tried again.
   */
  static final String EXPERIENCE =
      """
      SELECT type, count(*) AS attempts,
        count(*) FILTER (WHERE failed) AS failed,
        count(*) FILTER (WHERE failed AND fatal) AS fatal,
        round(avg(micros) FILTER (WHERE NOT failed))::bigint AS completes,
        round(avg(micros) FILTER (WHERE failed))::bigint AS fails
      FROM (
        SELECT job.type, attempt.outcome <> 'completed' AS failed,
          job.status = 'failed' AND job.attempt = attempt.number
            AND job.attempts_used < job.max_attempts AS fatal,
          extract(epoch FROM attempt.ended_at - attempt.assigned_at) * 1000000 AS micros
        FROM (
          SELECT tenant_id, id, attempt, attempts_used, max_attempts, status, type FROM jobs
          WHERE finished_at >= :since AND status IN ('completed', 'failed')
          ORDER BY finished_at DESC
          LIMIT :sample
        ) AS job
        CROSS JOIN LATERAL (
          SELECT number, outcome, assigned_at, ended_at FROM job_attempts
          WHERE tenant_id = job.tenant_id AND job_id = job.id AND ended_at >= :since
            AND outcome IN ('completed', 'failed', 'run_timeout')
          ORDER BY number DESC
          LIMIT :attempts
        ) AS attempt
      ) AS tried
      GROUP BY type
      """;

  private SnapshotSql() {}
}

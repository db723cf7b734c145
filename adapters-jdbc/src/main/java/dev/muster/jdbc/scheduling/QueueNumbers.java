package dev.muster.jdbc.scheduling;

/** The statements of {@link JdbcQueueStatistics}. */
final class QueueNumbers {
  static final String TOTALS =
      """
      SELECT coalesce(sum(queued), 0) AS queued, coalesce(sum(running), 0) AS running,
        coalesce(sum(running_shared), 0) AS running_shared
      FROM tenant_counters
      """;

  static final String TENANTS =
      """
      SELECT counters.tenant_id, tenants.slug, counters.queued, counters.running,
        counters.max_running
      FROM tenant_counters AS counters
      JOIN tenants ON tenants.id = counters.tenant_id
      WHERE counters.queued > 0 OR counters.running > 0
      ORDER BY counters.queued DESC, counters.running DESC, tenants.slug
      LIMIT :most
      """;

  /** The first entry of each line, of which there is one for the shared pool and one a tenant. */
  static final String OLDEST =
      """
      SELECT DISTINCT ON (first.shared, first.priority)
        first.shared, first.priority, first.id, first.tenant_id, first.queued_at
      FROM (
        SELECT :system AS agents
        UNION ALL SELECT tenant_id FROM tenant_counters WHERE queued > 0
      ) AS pools
      CROSS JOIN unnest(ARRAY['critical', 'high', 'normal', 'low']) AS class
      CROSS JOIN LATERAL (
        SELECT agent_tenant_id = :system AS shared, priority, id, tenant_id, queued_at
        FROM jobs
        WHERE agent_tenant_id = pools.agents AND priority = class
          AND status = 'queued' AND due
        ORDER BY queued_at, id
        LIMIT 1
      ) AS first
      ORDER BY first.shared DESC, first.priority, first.queued_at, first.id
      """;

  static final String COUNT_CLASSES =
      """
      SELECT pool, priority, count(*) AS queued, count(*) FILTER (WHERE NOT due) AS delayed
      FROM jobs WHERE status = 'queued'
      GROUP BY pool, priority
      """;

  /** Sets first: there are few of them. */
  static final String COUNT_CAPABILITIES =
      """
      SELECT capability, sum(sets.jobs) AS queued
      FROM (
        SELECT capabilities, count(*) AS jobs FROM jobs WHERE status = 'queued'
        GROUP BY capabilities
      ) AS sets
      CROSS JOIN unnest(sets.capabilities) AS capability
      GROUP BY capability
      ORDER BY queued DESC, capability COLLATE "C"
      LIMIT :most
      """;

  static final String KEEP =
      """
      INSERT INTO queue_counts (counted_at, pool, priority, capability, queued, delayed)
      VALUES (:at, :pool, :priority, :capability, :queued, :delayed)
      """;

  static final String KEPT =
      """
      SELECT counted_at, pool, priority, capability, queued, delayed
      FROM queue_counts
      ORDER BY queued DESC, capability COLLATE "C"
      """;

  /**
   * Of the jobs that ended last, and of those that agents have. The limit within keeps the attempts
   * from being read as a whole, which a join of two large tables tempts to.
   */
  static final String WAITS =
      """
      SELECT count(*) AS starts,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY waited) AS median,
        percentile_disc(0.9) WITHIN GROUP (ORDER BY waited) AS ninetieth,
        percentile_disc(0.99) WITHIN GROUP (ORDER BY waited) AS ninety_ninth,
        max(waited) AS longest
      FROM (
        SELECT greatest(
          0, extract(epoch FROM attempts.assigned_at - job.due_at) * 1000)::bigint AS waited
        FROM (
          (SELECT tenant_id, id, attempt, due_at FROM jobs
           WHERE finished_at >= :since
           ORDER BY finished_at DESC LIMIT :sample)
          UNION ALL
          (SELECT tenant_id, id, attempt, due_at FROM jobs
           WHERE status IN ('assigned', 'running') LIMIT :sample)
        ) AS job
        CROSS JOIN LATERAL (
          SELECT assigned_at FROM job_attempts
          WHERE tenant_id = job.tenant_id AND job_id = job.id AND number = job.attempt
          LIMIT 1
        ) AS attempts
        WHERE attempts.assigned_at >= :since
      ) AS starts
      """;

  private QueueNumbers() {}
}

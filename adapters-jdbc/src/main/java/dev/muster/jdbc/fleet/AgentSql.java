package dev.muster.jdbc.fleet;

/** The statements of {@link JdbcAgents}. */
final class AgentSql {
  static final String ADD =
      """
      WITH added AS (
        INSERT INTO agents
          (tenant_id, id, name, capabilities, tools, region, worker_type, serves_tenant,
           max_concurrent, enabled, draining, version, last_seen_at, created_at)
        VALUES
          (:tenant_id, :id, :name, :capabilities, :tools, :region, :worker_type, :serves_tenant,
           :max_concurrent, :enabled, :draining, :version, :last_seen_at, :created_at)
        ON CONFLICT (tenant_id, name) DO NOTHING
        RETURNING tenant_id, id, max_concurrent, enabled AND NOT draining AS open
      )
      INSERT INTO agent_counters (tenant_id, agent_id, max_concurrent, open)
      SELECT tenant_id, id, max_concurrent, open FROM added
      """;

  private static final String SELECT = "SELECT " + JdbcAgentRows.COLUMNS + " FROM agents AS agent";

  static final String FIND =
      SELECT
          + " WHERE agent.tenant_id = :tenant_id AND agent.id = :id AND"
          + JdbcAgentRows.DIALS_IN;

  static final String LOCK = FIND + " FOR UPDATE OF agent";

  static final String BY_NAME =
      SELECT
          + " WHERE agent.tenant_id = :tenant_id AND agent.name = :name AND"
          + JdbcAgentRows.DIALS_IN;

  static final String LIST =
      SELECT
          + """
           WHERE agent.tenant_id = :tenant_id
             AND
          """
          + JdbcAgentRows.DIALS_IN
          + """
             AND (agent.created_at, agent.id) < (:after_at, :after_id)
             AND (:online::boolean IS NULL
                  OR coalesce(agent.last_seen_at > :online_since, false) = :online::boolean)
             AND (:enabled::boolean IS NULL OR agent.enabled = :enabled::boolean)
             AND (:region::text IS NULL OR agent.region = :region::text)
             AND (:capability::text IS NULL OR :capability::text = ANY (agent.capabilities))
           ORDER BY agent.created_at DESC, agent.id DESC
           LIMIT :limit
          """;

  static final String STEER =
      """
      WITH steered AS (
        UPDATE agents
           SET enabled = :enabled, draining = :draining, pending_control = :control
         WHERE tenant_id = :tenant_id AND id = :id
        RETURNING tenant_id, id
      )
      UPDATE agent_counters AS counters
         SET open = :enabled AND NOT :draining
        FROM steered
       WHERE counters.tenant_id = steered.tenant_id AND counters.agent_id = steered.id
      """;

  /** Who comes second waits for the row, finds none, and counts nothing. */
  static final String FORGET_NAME =
      """
      WITH gone AS (
        DELETE FROM named_agents WHERE tenant_id = :tenant_id AND agent_id = :id
        RETURNING tenant_id
      )
      UPDATE named_agent_counters AS counters
         SET agents = agents - 1
        FROM gone
       WHERE counters.tenant_id = gone.tenant_id
      """;

  /** Its keys and enrolments follow. */
  static final String REMOVE = "DELETE FROM agents WHERE tenant_id = :tenant_id AND id = :id";

  static final String STATS =
      "WITH agent AS MATERIALIZED ("
          + SELECT
          + """
           WHERE agent.tenant_id = :tenant_id AND
          """
          + JdbcAgentRows.DIALS_IN
          + """
          )
          SELECT count(*) AS total,
                 count(*) FILTER (WHERE last_seen_at > :online_since) AS online,
                 count(*) FILTER (WHERE NOT enabled) AS disabled,
                 count(*) FILTER (WHERE draining) AS draining,
                 coalesce(sum(max_concurrent) FILTER (
                   WHERE enabled AND NOT draining AND last_seen_at > :online_since), 0)
                   AS capacity,
                 coalesce(sum(leased), 0) AS leased
            FROM agent
          """;

  private AgentSql() {}
}

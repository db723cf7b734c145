package dev.muster.jdbc.enrolment;

import dev.muster.jdbc.fleet.JdbcAgentRows;

/** The statements of {@link JdbcNamedAgents}. */
final class NamedAgentSql {
  static final String FIND =
      "SELECT named.flow, named.instance, named.presented, "
          + JdbcAgentRows.COLUMNS
          + """
            FROM agents AS agent
            JOIN named_agents AS named
              ON named.tenant_id = agent.tenant_id AND named.agent_id = agent.id
           WHERE agent.tenant_id = :tenant_id AND agent.name = :name
          """;

  static final String ADD =
      """
      WITH counted AS (
        INSERT INTO named_agent_counters AS known (tenant_id, agents)
        VALUES (:tenant_id, 1)
        ON CONFLICT (tenant_id) DO UPDATE
           SET agents = known.agents + 1
         WHERE known.agents < :most
        RETURNING tenant_id
      )
      INSERT INTO named_agents (tenant_id, agent_id, flow, instance, since, presented)
      SELECT tenant_id, :agent_id, :flow, :instance, :at, :presented FROM counted
      """;

  /**
   * Who comes second waits for the row and finds the other one in it, which has just taken the
   * name. The agent's own row may still be read as it was before.
   */
  static final String SPEAK =
      """
      UPDATE named_agents AS named
         SET presented = :presented,
             instance = :instance,
             since = CASE WHEN named.instance IS NOT DISTINCT FROM :instance
                          THEN named.since ELSE :at END
        FROM agents AS agent
       WHERE named.tenant_id = :tenant_id AND named.agent_id = :agent_id
         AND agent.tenant_id = named.tenant_id AND agent.id = named.agent_id
         AND (named.instance IS NULL OR named.instance = :instance
              OR (named.since <= :online_since
                  AND coalesce(agent.last_seen_at <= :online_since, true)))
      """;

  static final String DECLARE =
      """
      WITH declared AS (
        UPDATE agents
           SET capabilities = :capabilities, tools = :tools, region = :region,
               max_concurrent = :max_concurrent, version = coalesce(:version, version)
         WHERE tenant_id = :tenant_id AND id = :agent_id
        RETURNING tenant_id, id
      )
      UPDATE agent_counters AS counters
         SET max_concurrent = :max_concurrent
        FROM declared
       WHERE counters.tenant_id = declared.tenant_id AND counters.agent_id = declared.id
      """;

  static final String WHO_PRESENTED =
      """
      SELECT agent_id FROM named_agents
       WHERE tenant_id = :tenant_id AND presented = :presented
       ORDER BY agent_id
      """;

  static final String END_TOKENS =
      """
      UPDATE agent_keys SET expires_at = least(expires_at, :end)
       WHERE tenant_id = :tenant_id AND agent_id = :agent_id AND platform_key IS NOT NULL
      """;

  static final String FORGET_TOKENS =
      """
      DELETE FROM agent_keys
       WHERE tenant_id = :tenant_id AND agent_id = :agent_id AND platform_key IS NOT NULL
         AND expires_at <= :now
      """;

  static final String GIVE_TOKEN =
      """
      INSERT INTO agent_keys
        (tenant_id, hash, agent_id, prefix, created_at, expires_at, platform_key)
      VALUES (:tenant_id, :hash, :agent_id, :prefix, :from, :until, :key)
      """;

  private NamedAgentSql() {}
}

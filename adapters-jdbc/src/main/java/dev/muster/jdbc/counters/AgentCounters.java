package dev.muster.jdbc.counters;

import dev.muster.domain.fleet.AgentId;
import dev.muster.jdbc.SqlArray;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What is counted of agents. Locked after jobs, and before the tenants' counters are. */
public final class AgentCounters {
  /** Locks the rows in their order before it changes the first. */
  private static final String LEAVE =
      """
      WITH locked AS MATERIALIZED (
        SELECT agent_id FROM agent_counters
        WHERE agent_id = ANY (:agents)
        ORDER BY agent_id
        FOR NO KEY UPDATE
      )
      UPDATE agent_counters AS counters SET leased = counters.leased - change.jobs
      FROM unnest(:agents, :jobs) AS change (agent_id, jobs)
      JOIN locked ON locked.agent_id = change.agent_id
      WHERE counters.agent_id = change.agent_id
      """;

  private AgentCounters() {}

  /** Counts jobs that agents no longer have; an agent that is gone has no count. */
  public static int leave(Handle handle, Map<AgentId, Integer> jobs) {
    List<Map.Entry<AgentId, Integer>> changes = List.copyOf(jobs.entrySet());
    return handle
        .createUpdate(LEAVE)
        .bind(
            "agents",
            SqlArray.of(UUID.class, changes.stream().map(c -> c.getKey().value()).toList()))
        .bind(
            "jobs", SqlArray.of(Integer.class, changes.stream().map(Map.Entry::getValue).toList()))
        .execute();
  }
}

package dev.muster.jdbc.counters;

import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What is counted of agents. Locked after the tenants' counters, and before jobs are. */
public final class AgentCounters {
  /** Who has a job cannot change meanwhile: that would take the counters of its tenant. */
  private static final String LOCK_HOLDERS =
      """
      SELECT agent_id FROM agent_counters
      WHERE agent_id IN (
        SELECT jobs.agent_id
        FROM unnest(:tenants, :jobs) AS wanted (tenant_id, id)
        JOIN jobs ON jobs.tenant_id = wanted.tenant_id AND jobs.id = wanted.id
        WHERE jobs.status IN ('assigned', 'running'))
      ORDER BY agent_id
      FOR NO KEY UPDATE
      """;

  private static final String LEAVE =
      """
      UPDATE agent_counters AS counters SET leased = counters.leased - change.jobs
      FROM unnest(:agents, :jobs) AS change (agent_id, jobs)
      WHERE counters.agent_id = change.agent_id
      """;

  private AgentCounters() {}

  /**
   * Locks the rows of those agents that have some of these jobs. The counters of the jobs' tenants
   * are locked, and the transaction sees all tenants.
   */
  public static int lockHoldersOf(Handle handle, Collection<Ref> jobs) {
    return handle
        .createQuery(LOCK_HOLDERS)
        .bindArray("tenants", UUID.class, jobs.stream().map(job -> job.tenant().value()).toList())
        .bindArray("jobs", UUID.class, jobs.stream().map(job -> job.job().value()).toList())
        .mapTo(UUID.class)
        .list()
        .size();
  }

  /** Counts jobs that agents no longer have; an agent that is gone has no count. */
  public static int leave(Handle handle, Map<AgentId, Integer> jobs) {
    List<Map.Entry<AgentId, Integer>> changes = List.copyOf(jobs.entrySet());
    return handle
        .createUpdate(LEAVE)
        .bindArray("agents", UUID.class, changes.stream().map(c -> c.getKey().value()).toList())
        .bindArray("jobs", Integer.class, changes.stream().map(Map.Entry::getValue).toList())
        .execute();
  }
}

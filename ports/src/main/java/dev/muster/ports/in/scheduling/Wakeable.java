package dev.muster.ports.in.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import java.util.List;

/**
 * What storage calls when another replica, or this one, changed something that somebody waits for
 * or remembers. Nobody has to care for all of it.
 */
public interface Wakeable {
  /**
   * Jobs came into the lanes of a tenant.
   *
   * @param after how the tenant stands with them; its arrivals count these jobs, and no others
   *     between them
   * @param jobs all that came
   */
  default void jobsArrived(TenantStanding after, List<QueuedJob> jobs) {}

  /** A tenant's counters changed: something may start in place of what ended. */
  default void standingChanged(TenantStanding after) {}

  /** Jobs may have become claimable, for whatever reason and of whatever tenant. */
  default void jobsMayWait() {}

  /** Something was decided about an agent: a cancel, a drain, a lock-out. */
  default void agentConcerned(AgentId agent) {}

  /** A credential was taken away, or who holds it was changed. */
  default void credentialsChanged() {}
}

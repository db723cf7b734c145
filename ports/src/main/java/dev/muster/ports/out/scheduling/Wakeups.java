package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.ports.out.CrossTenant;
import java.util.List;

/**
 * Wakes those who wait, on every replica, when the open transaction commits. A wake-up may be lost:
 * everyone also looks unprompted every second.
 */
@CrossTenant("signals carry no rows")
public interface Wakeups {
  /**
   * Jobs came into the lanes of a tenant.
   *
   * @param after how the tenant stands with them; its arrivals count these jobs, and no others
   *     between them
   * @param jobs all that came
   */
  void jobsArrived(TenantStanding after, List<QueuedJob> jobs);

  /** A tenant's counters changed: something may start in place of what ended. */
  void standingChanged(TenantStanding after);

  /** Jobs may have become claimable, for whatever reason and of whatever tenant. */
  void jobsMayWait();

  /** Something was decided about an agent. */
  void agentConcerned(AgentId agent);

  /** A credential was taken away, or who holds it was changed: nobody trusts what it remembers. */
  void credentialsChanged();
}

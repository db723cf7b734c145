package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.out.CrossTenant;

/**
 * Wakes those who wait, on every replica, when the open transaction commits. A wake-up may be lost:
 * everyone also looks unprompted every second.
 */
@CrossTenant("signals carry no rows")
public interface Wakeups {
  /** Jobs may have become claimable. */
  void jobsMayWait();

  /** Something was decided about an agent. */
  void agentConcerned(AgentId agent);
}

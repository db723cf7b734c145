package dev.muster.ports.in.scheduling;

import dev.muster.domain.fleet.AgentId;

/** What storage calls when another replica, or this one, changed something that polls wait for. */
public interface Wakeable {
  /** Jobs may have become claimable. */
  void jobsMayWait();

  /** Something was decided about an agent: a cancel, a drain, a lock-out. */
  void agentConcerned(AgentId agent);
}

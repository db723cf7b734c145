package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.Backlog;
import dev.muster.domain.scheduling.Circumstances;
import dev.muster.domain.scheduling.LaneEnd;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.WaitingAgents;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.scheduling.JobQueue;
import dev.muster.ports.out.scheduling.JobQueue.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The backlog as this replica remembers it, and when to read it again. It is right as long as
 * everything passes through this replica; what another one did is read when that one says so, and
 * once a second in any case. Used by the planning thread, the reading within a transaction.
 */
final class ReplicaMemory {
  /** How much of a lane is read to begin with; a lane that is used is then read on. */
  private static final int FIRST_WINDOW = 32;

  private static final int NEXT_WINDOW = 256;

  private final JobQueue queue;
  private final OnlineCount online;
  private final Duration regionPatience;
  private final int slack;
  private Backlog backlog;
  private boolean isStale = true;

  /**
   * Remembers what {@code queue} holds.
   *
   * @param online counts the agents
   * @param regionPatience how long a job waits for its preferred region
   * @param slack how many starts a tenant may be ahead of the others
   */
  ReplicaMemory(JobQueue queue, OnlineCount online, Duration regionPatience, int slack) {
    this.queue = queue;
    this.online = online;
    this.regionPatience = regionPatience;
    this.slack = slack;
    this.backlog = new Backlog(slack);
  }

  /** Takes in what passed through this replica. */
  void learn(Mail mail) {
    mail.arrivals().forEach(arrival -> backlog.arrived(arrival.after(), arrival.jobs()));
    mail.standings().forEach(backlog::standing);
    isStale |= mail.everything();
  }

  /** Whether what is remembered is to be read again. */
  boolean isStale() {
    return isStale;
  }

  /** Something that is remembered has turned out to be wrong. */
  void doubt() {
    isStale = true;
  }

  /** Forgets everything: after a fault nobody knows what of it is true. */
  void forget() {
    backlog = new Backlog(slack);
    isStale = true;
  }

  /**
   * Reads what may have changed without this replica.
   *
   * @param come agents that may have come just now: they are counted at once
   * @param here all that wait here
   */
  void refresh(Set<AgentId> come, Set<AgentId> here, Instant now) {
    if (isStale) {
      backlog.standings(queue.standings());
      isStale = false;
    }
    readLanes();
    if (!backlog.isIdle()) {
      online.refresh(come, here, now);
    }
  }

  private void readLanes() {
    Set<TenantId> unread = backlog.unread();
    if (!unread.isEmpty()) {
      Map<TenantId, List<LaneStart>> lanes = queue.lanes(unread, FIRST_WINDOW);
      unread.forEach(tenant ->
          backlog.read(tenant, backlog.arrivals(tenant), lanes.getOrDefault(tenant, List.of())));
    }
    for (LaneEnd end : backlog.runningLow()) {
      List<QueuedJob> next = queue.after(end, NEXT_WINDOW);
      backlog.continued(end, next, next.size() < NEXT_WINDOW);
    }
  }

  /** Whether there is nothing to give away, as far as is known here. */
  boolean isIdle() {
    return backlog.isIdle();
  }

  List<Planned> plan(WaitingAgents agents, Instant now) {
    return backlog.plan(
        agents,
        new Circumstances(
            now, online.last().kinds(), online.last().sharedCapacity(), regionPatience));
  }

  /** Takes in what became of the plan. */
  void settle(Execution execution) {
    backlog.settled(execution.standings(), execution.waiting());
  }
}

package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;

/** What is remembered of one tenant. */
final class TenantBacklog {
  /** Nothing is known of what is in the lanes. */
  private static final long NEVER_READ = -1;

  private final List<Lane> lanes = new ArrayList<>(4);
  private final Contender contender = new Contender(this);
  private TenantStanding standing;
  private long arrivalsKnown = NEVER_READ;

  /** As raised to the clock when it came (back) to the shared pool. */
  private long raisedTo;

  private boolean inSharedPool;

  /** Jobs of the plan that is being carried out: not remembered, and not known to run. */
  private int onTheWay;

  private boolean heardOf = true;

  TenantBacklog(TenantStanding standing) {
    this.standing = standing;
    take(standing);
  }

  TenantId id() {
    return standing.tenant();
  }

  TenantStanding standing() {
    return standing;
  }

  /** Its lanes; an empty one is dropped with {@link #dropEmptyLanes}. */
  List<Lane> lanes() {
    return lanes;
  }

  Contender contender() {
    return contender;
  }

  long virtualTime() {
    return Math.max(standing.virtualTime(), raisedTo);
  }

  /** Takes a reading unless it is older than the one known. */
  void hear(TenantStanding reading) {
    heardOf = true;
    if (reading.version() > standing.version()) {
      take(reading);
    }
  }

  void planned() {
    onTheWay++;
  }

  void settled() {
    onTheWay = 0;
  }

  /** Whether something was heard of it since this was last asked. */
  boolean wasHeardOf() {
    boolean was = heardOf;
    heardOf = false;
    return was || onTheWay > 0;
  }

  private void take(TenantStanding reading) {
    standing = reading;
    if (reading.queued() == 0) {
      lanes.clear();
      arrivalsKnown = reading.arrivals();
    }
  }

  boolean isUnread() {
    return standing.queued() > 0 && arrivalsKnown < standing.arrivals();
  }

  long arrivalsKnown() {
    return arrivalsKnown;
  }

  void knows(long arrivals) {
    arrivalsKnown = arrivals;
  }

  /** Raises it to the clock where it was not in the shared pool before. */
  void look(long clock) {
    boolean now = standing.runningShared() > 0 || (standing.queued() > 0 && mayBeInSharedPool());
    if (!now) {
      raisedTo = 0;
    } else if (!inSharedPool) {
      raisedTo = clock;
    }
    inSharedPool = now;
  }

  /** Where its lanes are not known for the moment, whoever was there is taken to be there still. */
  private boolean mayBeInSharedPool() {
    for (Lane lane : lanes) {
      if (lane.shape().pool() == Pool.SHARED && (!lane.isWhole() || !lane.window().isEmpty())) {
        return true;
      }
    }
    return (onTheWay > 0 || isUnread()) && inSharedPool;
  }

  /** Whether a job for the shared pool is remembered. */
  boolean hasSharedJobs() {
    for (Lane lane : lanes) {
      if (lane.shape().pool() == Pool.SHARED && !lane.window().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  void dropEmptyLanes() {
    lanes.removeIf(lane -> lane.isWhole() && lane.window().isEmpty());
  }
}

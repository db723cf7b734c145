package dev.muster.domain.scheduling;

import dev.muster.domain.job.Priority;

/** The first job of a lane, as the order of the formula needs it, and where it fits. */
final class Head {
  final Lane lane;
  final Fit fit;
  final QueuedJob job;
  private final Priority priority;
  private final long queuedAt;
  private final long idHigh;
  private final long idLow;

  Head(Lane lane, Fit fit) {
    this.lane = lane;
    this.fit = fit;
    job = lane.first();
    priority = lane.priority();
    JobWindow window = lane.window();
    queuedAt = window.queuedAt(0);
    idHigh = window.idHigh(0);
    idLow = window.idLow(0);
  }

  /** The smaller goes first by the formula; equal ranks go by {@link #isElder}. */
  long rank(long now) {
    return QueuePriority.rank(priority, queuedAt, now);
  }

  boolean isElder(Head other) {
    return QueuePriority.byAge(queuedAt, idHigh, idLow, other.queuedAt, other.idHigh, other.idLow)
        < 0;
  }

  /** Until when its rank stays what it is, and the agents that it fits; ever if that is past. */
  long steadyUntil(long now, long patience) {
    long ceiling = QueuePriority.ceilingReached(queuedAt);
    boolean patient = lane.shape().hasRegion() && now - queuedAt <= patience;
    long until = ceiling >= now ? ceiling : Long.MAX_VALUE;
    return patient ? Math.min(until, queuedAt + patience) : until;
  }

  /**
   * Until when it goes before another that it goes before now. One that has reached the ceiling
   * ages no more, and is caught up with by one that has not.
   */
  long aheadUntil(Head other, long now) {
    boolean ages = QueuePriority.ceilingReached(queuedAt) >= now;
    boolean otherAges = QueuePriority.ceilingReached(other.queuedAt) >= now;
    return !ages && otherAges ? now + other.rank(now) - rank(now) : Long.MAX_VALUE;
  }
}

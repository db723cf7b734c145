package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantSlug;
import java.util.Comparator;

/** A pool at the moment of a plan: which lane fits which agents, and how its head ranks. */
final class PoolView {
  private final Pool pool;
  private final Matches matches;
  private final long now;
  private final long patience;
  private final Comparator<QueuedJob> order;
  private long moment;

  /**
   * @param moment greater than any that was looked at these matches with
   */
  PoolView(Pool pool, Matches matches, Circumstances circumstances, long moment) {
    this.pool = pool;
    this.matches = matches;
    this.moment = moment;
    order = QueuePriority.order(circumstances.now());
    now = EpochNanos.of(circumstances.now());
    patience = circumstances.regionPatience().toNanos();
  }

  Pool pool() {
    return pool;
  }

  Matches matches() {
    return matches;
  }

  Matches.State state() {
    return matches.state();
  }

  long now() {
    return now;
  }

  /** Changes with every group of agents that becomes full. */
  long moment() {
    return moment;
  }

  void groupIsFull() {
    moment++;
  }

  Head head(Lane lane, TenantSlug slug) {
    Match match = lane.match(matches, slug);
    boolean patient = lane.shape().hasRegion() && now - lane.window().queuedAt(0) <= patience;
    return new Head(lane, patient ? match.patient() : match.impatient());
  }

  long steadyUntil(Head head) {
    return head.steadyUntil(now, patience);
  }

  /** The order of the formula. */
  Comparator<Head> order() {
    return Comparator.comparing(head -> head.job, order);
  }
}

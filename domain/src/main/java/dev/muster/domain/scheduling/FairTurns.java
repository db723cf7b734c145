package dev.muster.domain.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in the shared pool: the rule of fairness between tenants, with its clock.
 *
 * <p>The clock is the largest of the smallest virtual times that a turn was given among. Who was
 * started was at most the slack ahead of it, so no virtual time is more than slack and one start
 * ahead of the clock of whoever planned that start. Where one is nevertheless, this clock is behind
 * (after a restart, or because another replica, or another pool, moved that tenant on), and is
 * moved up to what the virtual time proves.
 */
final class FairTurns {
  /** Nobody counts as more than so many starts behind the clock. */
  static final int MOST_BEHIND = 100;

  private long clock;

  long clock() {
    return clock;
  }

  /** Moves the clock up to what a tenant's virtual time proves that it was. */
  void learnFrom(Contender contender) {
    clock = Math.max(clock, contender.virtualTime - contender.slack - contender.cost);
  }

  /**
   * Who may start its next job now; raised as far as the rule does.
   *
   * @param contenders all with a next job, at least one
   * @param weights sum of the weights of all tenants that run in the pool or could
   * @param capacity of the pool
   */
  Contender next(List<Contender> contenders, long weights, long capacity) {
    boolean anyBelow = false;
    long smallest = Long.MAX_VALUE;
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      raise(contender);
      boolean below = contender.isBelowShare(weights, capacity);
      if (below && !anyBelow) {
        anyBelow = true;
        smallest = Long.MAX_VALUE;
      }
      if (below == anyBelow) {
        smallest = Math.min(smallest, contender.virtualTime);
      }
    }
    Contender next =
        anyBelow
            ? firstNearThe(smallest, contenders, weights, capacity)
            : firstAt(smallest, contenders);
    clock = Math.max(clock, smallest);
    return next;
  }

  private void raise(Contender contender) {
    contender.virtualTime = Math.max(contender.virtualTime, clock - MOST_BEHIND * contender.cost);
  }

  /**
   * The rule's first step. Its second is never needed: whoever is below its share with the smallest
   * virtual time is near it.
   */
  private static Contender firstNearThe(
      long smallest, List<Contender> contenders, long weights, long capacity) {
    Contender first = null;
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      if (contender.virtualTime <= smallest + contender.slack
          && (first == null || contender.isBefore(first))
          && contender.isBelowShare(weights, capacity)) {
        first = contender;
      }
    }
    return given(first);
  }

  /** The rule's third step: the smallest virtual time, then the formula. */
  private static Contender firstAt(long smallest, List<Contender> contenders) {
    Contender first = null;
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      if (contender.virtualTime == smallest && (first == null || contender.isBefore(first))) {
        first = contender;
      }
    }
    return given(first);
  }

  private static Contender given(@Nullable Contender first) {
    if (first == null) {
      throw new IllegalStateException("nobody contends");
    }
    return first;
  }
}

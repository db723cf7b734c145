package dev.muster.domain.scheduling;

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
    clock = Math.max(clock, contender.virtualTime() - contender.slack() - contender.cost());
  }

  /** Who may start its next job now, of at least one; all are raised as far as the rule does. */
  int next(Entrants entrants) {
    raise(entrants);
    boolean anyBelow = isAnyBelowShare(entrants);
    long smallest = smallest(entrants, anyBelow);
    clock = Math.max(clock, smallest);
    return anyBelow ? firstNear(smallest, entrants) : firstAt(smallest, entrants);
  }

  private void raise(Entrants entrants) {
    for (int i = 0; i < entrants.size; i++) {
      entrants.virtualTimes[i] = Math.max(entrants.virtualTimes[i], clock - entrants.mostBehind[i]);
    }
  }

  private static boolean isAnyBelowShare(Entrants entrants) {
    for (int i = 0; i < entrants.size; i++) {
      if (entrants.belowShare[i]) {
        return true;
      }
    }
    return false;
  }

  /** The smallest virtual time of those below their share, or of all where nobody is. */
  private static long smallest(Entrants entrants, boolean anyBelow) {
    long smallest = Long.MAX_VALUE;
    for (int i = 0; i < entrants.size; i++) {
      if (entrants.belowShare[i] == anyBelow) {
        smallest = Math.min(smallest, entrants.virtualTimes[i]);
      }
    }
    return smallest;
  }

  /**
   * The rule's first step. Its second is never needed: whoever is below its share with the smallest
   * virtual time is near it.
   */
  private static int firstNear(long smallest, Entrants entrants) {
    int first = -1;
    for (int i = 0; i < entrants.size; i++) {
      if (entrants.belowShare[i]
          && entrants.virtualTimes[i] <= smallest + entrants.slacks[i]
          && (first < 0 || entrants.isBefore(i, first))) {
        first = i;
      }
    }
    return first;
  }

  /** The rule's third step: the smallest virtual time, then the formula. */
  private static int firstAt(long smallest, Entrants entrants) {
    int first = -1;
    for (int i = 0; i < entrants.size; i++) {
      if (entrants.virtualTimes[i] == smallest && (first < 0 || entrants.isBefore(i, first))) {
        first = i;
      }
    }
    return first;
  }
}

package dev.muster.domain.scheduling;

/**
 * An agent that waits, with what plans have given it since it was put. Orders by load, the least
 * first; equal loads by lot.
 *
 * @param lot random, so that among equals no agent is always the first
 * @param granted since it was put
 */
record WaitingAgent(Seeker seeker, long lot, int granted) implements Comparable<WaitingAgent> {
  int slots() {
    return seeker.slots() - granted;
  }

  WaitingAgent withOneMore() {
    return new WaitingAgent(seeker, lot, granted + 1);
  }

  @Override
  public int compareTo(WaitingAgent other) {
    // a/b < c/d as a·d < c·b: no rounding, so that equal loads are equal.
    int byLoad =
        Long.compare(
            (long) active() * other.seeker.maxConcurrent(),
            (long) other.active() * seeker.maxConcurrent());
    if (byLoad != 0) {
      return byLoad;
    }
    int byLot = Long.compare(lot, other.lot);
    return byLot != 0 ? byLot : seeker.agent().value().compareTo(other.seeker.agent().value());
  }

  private int active() {
    return seeker.leased() + granted;
  }
}

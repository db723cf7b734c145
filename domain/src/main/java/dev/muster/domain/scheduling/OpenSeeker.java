package dev.muster.domain.scheduling;

/**
 * An agent that seeks, with what the plan has given it so far. Orders by load, the least first;
 * equal loads in the order in which the agents were given.
 *
 * @param place in the order given
 * @param granted in this plan
 */
record OpenSeeker(Seeker seeker, int place, int granted) implements Comparable<OpenSeeker> {
  int slots() {
    return seeker.slots() - granted;
  }

  OpenSeeker withOneMore() {
    return new OpenSeeker(seeker, place, granted + 1);
  }

  @Override
  public int compareTo(OpenSeeker other) {
    // a/b < c/d as a·d < c·b: no rounding, so that equal loads are equal.
    int byLoad =
        Long.compare(
            (long) active() * other.seeker.maxConcurrent(),
            (long) other.active() * seeker.maxConcurrent());
    return byLoad != 0 ? byLoad : Integer.compare(place, other.place);
  }

  private int active() {
    return seeker.leased() + granted;
  }
}

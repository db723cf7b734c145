package dev.muster.faults;

import java.util.Random;

/**
 * What lies between the tries of one who is not answered: by chance, and each time up to twice as
 * much. Not thread-safe: each loop has its own.
 */
final class Pauses {
  private final Range range;
  private final Random random;
  private long bound;

  Pauses(Range range, Random random) {
    this.range = range;
    this.random = random;
    this.bound = range.firstMillis();
  }

  /**
   * Upper bounds of the first pause, and of every pause.
   *
   * @param firstMillis above 0
   */
  record Range(long firstMillis, long longestMillis) {
    /** So short that a run is over soon; for a few. */
    static final Range SHORT = new Range(50, 50);

    /** As agents have it when nobody says otherwise; for thousands. */
    static final Range AS_SHIPPED = new Range(1_000, 60_000);
  }

  /** Waits before the next try. */
  void pause() throws InterruptedException {
    Thread.sleep(1 + random.nextLong(bound));
    bound = Math.min(2 * bound, range.longestMillis());
  }

  /** Somebody answered. */
  void over() {
    bound = range.firstMillis();
  }
}

package dev.muster.demo;

import java.time.Duration;

/** Waits for something to become true. */
final class Patience {
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private Patience() {}

  interface Look {
    boolean now() throws InterruptedException;
  }

  static void until(Duration longest, String what, Look look) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!look.now()) {
      if (System.nanoTime() - deadline > 0) {
        throw new DemonstrationFailedException(
            "waited %d s for %s".formatted(longest.toSeconds(), what));
      }
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }
}

package dev.muster.endtoend;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits until something is so. */
final class Await {
  private static final long BETWEEN_LOOKS_MILLIS = 25;

  private Await() {}

  static void until(Duration longest, String what, Callable<Boolean> look) throws Exception {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!look.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited %d s for %s".formatted(longest.toSeconds(), what));
      }
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }

  /** Lets time pass in which something must not happen. */
  static void forSure(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}

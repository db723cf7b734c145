package dev.muster.outside;

import java.time.Duration;

/** Waits for something to become true. */
public final class Patience {
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private Patience() {}

  /** Looks whether it is true now. */
  public interface Look {
    /** Whether it is. */
    boolean now() throws InterruptedException;
  }

  /** Looks again and again, for {@code longest} at most. */
  public static void until(Duration longest, String what, Look look) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!look.now()) {
      if (System.nanoTime() - deadline > 0) {
        throw new UnexpectedException("waited %d s for %s".formatted(longest.toSeconds(), what));
      }
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }
}

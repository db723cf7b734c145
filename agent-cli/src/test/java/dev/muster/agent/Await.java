package dev.muster.agent;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until something is so. */
public final class Await {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Await() {}

  public static void until(String what, BooleanSupplier condition) throws InterruptedException {
    until(what, LONGEST, condition);
  }

  /** For what takes a few processes one after the other. */
  public static void until(String what, Duration longest, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never came: " + what);
      }
      Thread.sleep(5);
    }
  }
}

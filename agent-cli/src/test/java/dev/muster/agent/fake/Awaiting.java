package dev.muster.agent.fake;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what has to happen; fails when it does not. */
public final class Awaiting {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Awaiting() {}

  /** Waits until the condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    until(what, PATIENCE, condition);
  }

  /** The same, with another patience. */
  public static void until(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Did not happen in time: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}

package dev.muster.grpc;

import java.util.function.BooleanSupplier;

/** Looks again and again until something is so. */
final class Await {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private Await() {}

  static void until(BooleanSupplier condition) throws InterruptedException {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new AssertionError("it did not come about");
      }
      Thread.sleep(5);
    }
  }
}

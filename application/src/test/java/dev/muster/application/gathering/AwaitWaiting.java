package dev.muster.application.gathering;

import java.time.Duration;

/** Waits until so many stand in line. */
final class AwaitWaiting {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private AwaitWaiting() {}

  static void in(Gathering<?, ?> gathering, int requests) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (gathering.inLine() < requests) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("only " + gathering.inLine() + " of " + requests + " came");
      }
      Thread.sleep(1);
    }
  }
}

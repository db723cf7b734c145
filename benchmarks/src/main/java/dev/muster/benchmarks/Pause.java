package dev.muster.benchmarks;

/** Lets the system become idle between two rounds. */
final class Pause {
  private static final long MILLIS = 20;

  private Pause() {}

  static void between() throws InterruptedException {
    Thread.sleep(MILLIS);
  }
}

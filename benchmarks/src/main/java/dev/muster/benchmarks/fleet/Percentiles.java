package dev.muster.benchmarks.fleet;

import java.util.Arrays;

/** Times of the same thing, done many times. */
public final class Percentiles {
  private static final double NANOS_A_MILLI = 1e6;

  private final long[] sorted;

  private Percentiles(long[] sorted) {
    this.sorted = sorted;
  }

  /** Of times in nanoseconds, in any order. */
  public static Percentiles of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Percentiles(sorted);
  }

  /** What so great a share of them does not exceed, in milliseconds. */
  public double millis(double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)] / NANOS_A_MILLI;
  }
}

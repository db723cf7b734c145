package dev.muster.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Times of the same thing, done many times. */
record Percentiles(String what, long[] sortedNanos) {
  static Percentiles of(String what, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Percentiles(what, sorted);
  }

  double millis(double share) {
    int index = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, index)] / 1e6;
  }

  /** A row of a Markdown table. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %d |",
        what,
        millis(0.5),
        millis(0.9),
        millis(0.99),
        sortedNanos.length);
  }
}

package dev.muster.domain.scheduling;

import java.time.Instant;

/** Moments as one number each: exact, and good until the year 2262. */
final class EpochNanos {
  private static final long IN_A_SECOND = 1_000_000_000;

  private EpochNanos() {}

  static long of(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), IN_A_SECOND), moment.getNano());
  }

  static Instant toInstant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, IN_A_SECOND), Math.floorMod(nanos, IN_A_SECOND));
  }
}

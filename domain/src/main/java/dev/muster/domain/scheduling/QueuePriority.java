package dev.muster.domain.scheduling;

import dev.muster.domain.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * {@code base + min(10 × minutes waited, 500)}, exact at every instant and never stored.
 *
 * <p>Ten for a minute is one for six seconds, and 500 are reached after fifty minutes. So the value
 * orders as {@code max(queued_at, now − 50 min) − base × 6 s} does, the smaller first: whole
 * numbers only, and two jobs keep their order until the elder reaches the ceiling.
 */
public final class QueuePriority {
  private static final int SECONDS_PER_POINT = 6;
  private static final int MOST_POINTS = 500;
  private static final Duration TO_CEILING =
      Duration.ofSeconds((long) SECONDS_PER_POINT * MOST_POINTS);
  private static final long TO_CEILING_NANOS = TO_CEILING.toNanos();
  private static final long NANOS_PER_POINT = Duration.ofSeconds(SECONDS_PER_POINT).toNanos();

  private QueuePriority() {}

  /** The whole number to show; a wait that has not begun counts as none. */
  public static int shown(Priority priority, Instant queuedAt, Instant now) {
    long waited = Math.max(0, Duration.between(queuedAt, now).getSeconds());
    return priority.base() + (int) Math.min(waited / SECONDS_PER_POINT, MOST_POINTS);
  }

  /**
   * The queue's order at a moment, the first to go first: the formula with real-valued minutes,
   * then the earlier {@code queued_at}, then the smaller id (as PostgreSQL compares {@code uuid}).
   */
  public static Comparator<QueuedJob> order(Instant now) {
    long moment = EpochNanos.of(now);
    return (a, b) -> {
      long queuedA = EpochNanos.of(a.queuedAt());
      long queuedB = EpochNanos.of(b.queuedAt());
      int byRank =
          Long.compare(rank(a.priority(), queuedA, moment), rank(b.priority(), queuedB, moment));
      return byRank != 0 ? byRank : byAge(queuedA, a.id().value(), queuedB, b.id().value());
    };
  }

  /**
   * What the formula's order goes by, in nanoseconds of the epoch, the smaller first; equal ranks
   * go by age, then by id, as {@link #order} has it.
   */
  static long rank(Priority priority, long queuedAt, long now) {
    return Math.max(queuedAt, now - TO_CEILING_NANOS) - priority.base() * NANOS_PER_POINT;
  }

  /** When a job reaches the ceiling, and its rank begins to grow with time. */
  static long ceilingReached(long queuedAt) {
    return queuedAt + TO_CEILING_NANOS;
  }

  /** By age, then by id as PostgreSQL compares {@code uuid}: the halves without a sign. */
  static int byAge(long queuedAt, long high, long low, long queuedAt2, long high2, long low2) {
    int byAge = Long.compare(queuedAt, queuedAt2);
    if (byAge != 0) {
      return byAge;
    }
    int byHigh = Long.compareUnsigned(high, high2);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, low2);
  }

  private static int byAge(long queuedAt, UUID id, long queuedAt2, UUID id2) {
    return byAge(
        queuedAt,
        id.getMostSignificantBits(),
        id.getLeastSignificantBits(),
        queuedAt2,
        id2.getMostSignificantBits(),
        id2.getLeastSignificantBits());
  }
}

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
    Instant ceiling = now.minus(TO_CEILING);
    return (a, b) -> {
      int byValue = byValue(a, b, ceiling);
      if (byValue != 0) {
        return byValue;
      }
      int byAge = a.queuedAt().compareTo(b.queuedAt());
      return byAge != 0 ? byAge : unsigned(a.id().value(), b.id().value());
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

  private static int byValue(QueuedJob a, QueuedJob b, Instant ceiling) {
    Instant fromA = later(a.queuedAt(), ceiling);
    Instant fromB = later(b.queuedAt(), ceiling);
    int bySeconds =
        Long.compare(
            fromA.getEpochSecond() - (long) a.priority().base() * SECONDS_PER_POINT,
            fromB.getEpochSecond() - (long) b.priority().base() * SECONDS_PER_POINT);
    return bySeconds != 0 ? bySeconds : Integer.compare(fromA.getNano(), fromB.getNano());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** {@link UUID#compareTo} takes the halves as signed numbers, which PostgreSQL does not. */
  private static int unsigned(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }
}

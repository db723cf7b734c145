package dev.muster.jdbc.job;

import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Where each line began when somebody looked last: whoever counts from there reads nothing of what
 * has left the line since, whose index entries stay for as long as any transaction might see them.
 * It is looked from the very start every five seconds, so a job that comes back to an earlier place
 * is not counted for so long. Thread-safe.
 */
final class LineStarts {
  private static final Duration TERM = Duration.ofSeconds(5);

  /** What is on its way to its commit was queued a little earlier than what is seen. */
  private static final Duration UNDERWAY = Duration.ofMillis(50);

  private static final int MOST = 10_000;

  private final Map<Line, Start> starts = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /**
   * Knows no line yet.
   *
   * @param nanos a monotonic clock
   */
  LineStarts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The due jobs of one class for the same agents. */
  record Line(TenantId agents, Priority priority) {}

  private record Start(Instant at, long lookedAt) {}

  /** From when on to count; the beginning of time where that is not known. */
  Instant of(Line line) {
    Start known = starts.get(line);
    return known != null && nanos.getAsLong() - known.lookedAt() < TERM.toNanos()
        ? known.at()
        : Instant.EPOCH;
  }

  /**
   * Takes in what a count has found.
   *
   * @param from where it began, by {@link #of}
   * @param first the first job of the line that it found, or the moment before which there is none
   */
  void learn(Line line, Instant from, Instant first, Instant now) {
    if (starts.size() >= MOST) {
      starts.clear();
    }
    Instant settled = now.minus(UNDERWAY);
    Instant start = first.isBefore(settled) ? first : settled;
    if (from.equals(Instant.EPOCH)) {
      starts.put(line, new Start(start, nanos.getAsLong()));
    } else {
      starts.computeIfPresent(
          line,
          (same, known) -> start.isAfter(known.at()) ? new Start(start, known.lookedAt()) : known);
    }
  }
}

package dev.muster.application.scheduling;

import dev.muster.ports.in.scheduling.QueueOverview.Count;
import dev.muster.ports.out.SweepTurns;
import dev.muster.ports.out.scheduling.QueueStatistics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Counts what waits: a short queue whenever somebody asks, and a long one every few minutes, by one
 * replica, because that reads every job in it.
 */
public final class QueueCounts {
  /** How often a long queue is counted. */
  public static final Duration PERIOD = Duration.ofMinutes(5);

  /** So many jobs are counted in a few milliseconds. */
  public static final int SHORT_QUEUE = 10_000;

  private static final Duration TOO_OLD = PERIOD.multipliedBy(2);
  private static final int MOST_CAPABILITIES = 100;

  private final QueueStatistics statistics;
  private final SweepTurns turns;
  private final InstantSource clock;
  private final int shortQueue;

  /**
   * Counts in {@code statistics}.
   *
   * @param shortQueue how many jobs are counted whenever somebody asks
   */
  public QueueCounts(
      QueueStatistics statistics, SweepTurns turns, InstantSource clock, int shortQueue) {
    this.statistics = statistics;
    this.turns = turns;
    this.clock = clock;
    this.shortQueue = shortQueue;
  }

  /** A count of a queue that has so many jobs, within a transaction across tenants. */
  Count of(long queued) {
    if (queued <= shortQueue) {
      return count();
    }
    Instant oldest = clock.instant().minus(TOO_OLD);
    return statistics
        .kept()
        .filter(kept -> kept.at().isAfter(oldest))
        .or(this::refreshed)
        .orElseGet(this::count);
  }

  /** Counts a long queue for all that ask until the next time, if it is this replica's turn. */
  int refresh() {
    return turns
        .alone("statistics", () -> statistics.load(0).queued() > shortQueue ? keep() : 0)
        .orElse(0);
  }

  private Optional<Count> refreshed() {
    return turns.alone("statistics", this::keep).flatMap(kept -> statistics.kept());
  }

  private int keep() {
    Count count = count();
    statistics.keep(count);
    return count.classes().size();
  }

  private Count count() {
    return statistics.count(clock.instant(), MOST_CAPABILITIES);
  }
}

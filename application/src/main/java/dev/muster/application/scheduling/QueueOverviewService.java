package dev.muster.application.scheduling;

import dev.muster.domain.scheduling.QueuePriority;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.QueueOverview;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.QueueStatistics;
import dev.muster.ports.out.scheduling.QueueStatistics.Oldest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Shows what waits and what runs, at a cost that does not grow with the queue. */
public final class QueueOverviewService implements QueueOverview {
  private static final int MOST_TENANTS = 100;
  private static final int SAMPLE = 5_000;
  private static final Duration LOOK_BACK = Duration.ofHours(1);

  private final Transactions transactions;
  private final QueueStatistics statistics;
  private final QueueCounts counts;
  private final InstantSource clock;

  /** Shows {@code statistics}. */
  public QueueOverviewService(
      Transactions transactions,
      QueueStatistics statistics,
      QueueCounts counts,
      InstantSource clock) {
    this.transactions = transactions;
    this.statistics = statistics;
    this.counts = counts;
    this.clock = clock;
  }

  @Override
  public Overview now(Caller caller) {
    return transactions.acrossTenants(() -> {
      Instant now = clock.instant();
      Load load = statistics.load(MOST_TENANTS);
      return new Overview(
          now,
          load,
          counts.of(load.queued()),
          statistics.oldest().stream().map(oldest -> front(oldest, now)).toList(),
          statistics.waits(now.minus(LOOK_BACK), SAMPLE));
    });
  }

  private static Front front(Oldest oldest, Instant now) {
    return new Front(
        oldest.pool(),
        oldest.priority(),
        oldest.job(),
        oldest.tenant(),
        oldest.queuedAt(),
        QueuePriority.shown(oldest.priority(), oldest.queuedAt(), now));
  }
}

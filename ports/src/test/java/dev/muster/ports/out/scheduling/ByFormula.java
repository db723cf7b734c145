package dev.muster.ports.out.scheduling;

import dev.muster.domain.scheduling.QueuedJob;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** The order of the queue as the specification writes it down, slow and plain. */
public final class ByFormula {
  private static final BigInteger MINUTE = BigInteger.valueOf(60_000_000_000L);

  private ByFormula() {}

  /** The first to go first: the greater priority, the earlier queued, the smaller id. */
  public static Comparator<QueuedJob> at(Instant now) {
    return Comparator.comparing((QueuedJob job) -> value(job, now))
        .reversed()
        .thenComparing(QueuedJob::queuedAt)
        .thenComparing(job -> job.id().toString());
  }

  /** Sixty thousand million times {@code base + min(10 × minutes, 500)}: a whole number. */
  private static BigInteger value(QueuedJob job, Instant now) {
    BigInteger waited = BigInteger.valueOf(Duration.between(job.queuedAt(), now).toNanos());
    return BigInteger.valueOf(job.priority().base())
        .multiply(MINUTE)
        .add(waited.multiply(BigInteger.TEN).min(BigInteger.valueOf(500).multiply(MINUTE)));
  }
}

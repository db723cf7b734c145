package dev.muster.tracing.otlp;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts spans that are lost, and says so at most once a minute. Thread-safe. */
final class Losses {
  private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private long lost;
  private long all;
  private String reason = "";
  private long saidAt;
  private boolean said;

  /**
   * Counts from none.
   *
   * @param nanos as {@link System#nanoTime}
   */
  Losses(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Counts some more, and why the last of them were lost. */
  synchronized void add(int spans, String why) {
    lost += spans;
    all += spans;
    reason = why;
  }

  /** Says what was lost since it last said so; false where that is nothing, or too early. */
  synchronized boolean tell() {
    long now = nanos.getAsLong();
    if (lost == 0 || (said && now - saidAt < PAUSE)) {
      return false;
    }
    LOG.warn("event=spans_lost spans={} in_all={} reason=\"{}\"", lost, all, reason);
    lost = 0;
    said = true;
    saidAt = now;
    return true;
  }
}

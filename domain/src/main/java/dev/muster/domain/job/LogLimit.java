package dev.muster.domain.job;

import java.time.Instant;
import java.util.Locale;

/**
 * How long the log of one job may grow, over all its attempts: a tool that writes without end must
 * fill nobody's disk.
 *
 * @param lines the most lines
 * @param bytes the most bytes of text in UTF-8
 */
public record LogLimit(int lines, long bytes) {
  /** The one in force: 100,000 lines or 64 MiB. */
  public static final LogLimit DEFAULT = new LogLimit(100_000, 64L << 20);

  /** The number of the line that stands where the log ends; agents count from 1. */
  public static final long END = 0;

  /** Checks that there is room for something. */
  public LogLimit {
    if (lines < 1 || bytes < 1) {
      throw new IllegalArgumentException("a log has room for a line at least");
    }
  }

  /** The last line of a log that was cut. */
  public LogLine end(Instant at) {
    return new LogLine(
        END,
        LogLine.Stream.SYSTEM,
        at,
        String.format(
            Locale.ROOT,
            "The log ends here: more than %,d lines or %,d bytes of one job are not kept.",
            lines,
            bytes));
  }
}

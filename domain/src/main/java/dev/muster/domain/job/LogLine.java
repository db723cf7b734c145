package dev.muster.domain.job;

import dev.muster.domain.identity.WireNamed;
import java.time.Instant;

/**
 * A line that an attempt wrote.
 *
 * @param seq its place within the attempt, from 1; a repeated one is ignored, a gap stays visible;
 *     0 is the server's own, {@link LogLimit#END}
 * @param at when, by the agent's clock
 */
public record LogLine(long seq, Stream stream, Instant at, String text) {
  /** The most lines in one report. */
  public static final int MOST_LINES = 5_000;

  /** The most characters in one line. */
  public static final int MOST_CHARACTERS = 16_384;

  /** Where a line came from. */
  public enum Stream implements WireNamed {
    /** The tool's standard output. */
    STDOUT,
    /** The tool's standard error. */
    STDERR,
    /** The agent itself. */
    SYSTEM
  }
}

package dev.muster.sandbox;

import java.time.Duration;

/**
 * What one script may use up.
 *
 * @param heapMebibytes the heap of its JVM; beside it the JVM itself takes some 60 MiB
 * @param time from its start to its end, its helpers' work included
 * @param cpu processor time of its JVM, its start (well under a second) included
 * @param startBytes source and config together, as JSON
 * @param messageBytes one call of a helper, one line of the log, one answer
 * @param resultBytes the result, as JSON
 * @param logBytes all that it logs
 * @param calls of all helpers together
 */
public record ScriptLimits(
    int heapMebibytes,
    Duration time,
    Duration cpu,
    int startBytes,
    int messageBytes,
    int resultBytes,
    int logBytes,
    int calls) {
  private static final int ENVELOPE = 256;

  /** The same, with less time. */
  public ScriptLimits within(Duration shorter) {
    return new ScriptLimits(
        heapMebibytes, shorter, cpu, startBytes, messageBytes, resultBytes, logBytes, calls);
  }

  /** The longest message there is, in either direction. */
  int frameBytes() {
    return Math.max(startBytes, Math.max(messageBytes, resultBytes)) + ENVELOPE;
  }
}

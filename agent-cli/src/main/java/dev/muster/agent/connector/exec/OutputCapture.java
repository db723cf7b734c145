package dev.muster.agent.connector.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.LogStream;
import dev.muster.agent.redaction.ByteSink;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Keeps and logs the first part of an output, and lets the rest go. The line that reaches the limit
 * is still taken to its end, because half of a secret would not be recognised. Safe for use by many
 * threads.
 */
final class OutputCapture implements ByteSink {
  /** No line is followed further than this beyond the limit. */
  private static final int LONGEST_END = 8_192;

  private final LogStream stream;
  private final int limit;
  private final JobContext context;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean truncated;
  private boolean endsLine = true;

  OutputCapture(LogStream stream, int limit, JobContext context) {
    this.stream = stream;
    this.limit = limit;
    this.context = context;
  }

  @Override
  public synchronized void accept(byte[] bytes, int offset, int length) {
    int room = truncated ? 0 : room(bytes, offset, length);
    kept.write(bytes, offset, room);
    context.log(stream, bytes, offset, room);
    if (room < length && !truncated) {
      truncated = true;
      String name = stream.name().toLowerCase(Locale.ROOT);
      context.log(name + ": what follows its first " + limit + " bytes is dropped");
    }
  }

  private int room(byte[] bytes, int offset, int length) {
    int room = Math.clamp(limit - kept.size(), 0, length);
    int most = Math.clamp(limit + LONGEST_END - kept.size(), 0, length);
    boolean lineEnded = room > 0 ? bytes[offset + room - 1] == '\n' : endsLine;
    while (room < most && !lineEnded) {
      lineEnded = bytes[offset + room++] == '\n';
    }
    endsLine = lineEnded;
    return room;
  }

  synchronized boolean isTruncated() {
    return truncated;
  }

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  /** The text; of a line that was cut, nothing, since half a secret would not be recognised. */
  synchronized String text() {
    String text = new String(bytes(), UTF_8);
    return truncated && !endsLine ? text.substring(0, text.lastIndexOf('\n') + 1) : text;
  }
}

package dev.muster.agent.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.agent.redaction.ByteSink;
import java.io.ByteArrayOutputStream;

/**
 * Makes lines of bytes. A line ends at a line feed or a carriage return; one that grows too long is
 * passed on in pieces. Not safe for threads.
 */
final class LogLines implements ByteSink {
  private final JobReports reports;
  private final LogStream stream;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean afterReturn;

  LogLines(JobReports reports, LogStream stream) {
    this.reports = reports;
    this.stream = stream;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      take(bytes[i]);
    }
  }

  /** Passes on a last line without an end. */
  void finish() {
    if (line.size() > 0) {
      passOn();
    }
  }

  private void take(byte next) {
    boolean secondHalf = next == '\n' && afterReturn;
    afterReturn = next == '\r';
    if (secondHalf) {
      return;
    }
    if (next == '\n' || next == '\r') {
      passOn();
      return;
    }
    // Cut between characters: a byte that continues one stays with it.
    if (line.size() >= JobReports.MAX_LINE - 4 && (next & 0xC0) != 0x80
        || line.size() >= JobReports.MAX_LINE) {
      passOn();
    }
    line.write(next);
  }

  private void passOn() {
    String text = line.toString(UTF_8).replace('\0', '\uFFFD');
    line.reset();
    reports.logLine(stream, text);
  }
}

package dev.muster.server.running;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns log lines into JSON objects, one each. A line that is no log line (one of a stack trace) is
 * an object too, with its text only. Each thread writes whole lines.
 */
final class JsonLines extends OutputStream {
  private static final Pattern LINE =
      Pattern.compile("(\\S+T\\S+) (TRACE|DEBUG|INFO|WARN|ERROR) (\\S+) - (.*)");

  private final PrintStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private JsonLines(PrintStream out) {
    this.out = out;
  }

  static PrintStream over(PrintStream out) {
    return new PrintStream(new JsonLines(out), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int octet) {
    if (octet == '\n') {
      out.println(json(line.toString(StandardCharsets.UTF_8).stripTrailing()));
      line.reset();
    } else {
      line.write(octet);
    }
  }

  @Override
  public synchronized void write(byte[] octets, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(octets[i]);
    }
  }

  private static String json(String text) {
    Matcher parts = LINE.matcher(text);
    return parts.matches()
        ? "{\"at\":%s,\"level\":%s,\"logger\":%s,\"message\":%s}"
            .formatted(
                quoted(parts.group(1)),
                quoted(parts.group(2)),
                quoted(parts.group(3)),
                quoted(parts.group(4)))
        : "{\"message\":%s}".formatted(quoted(text));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}

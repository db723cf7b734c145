package dev.muster.agent.api;

import dev.muster.domain.job.LogLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Log lines as they lie on disk: a JSON object on each line. */
public final class SpooledLines {
  private static final int LINE_FEED = '\n';

  private SpooledLines() {}

  /** Lines as bytes. */
  public static byte[] write(List<LogLine> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (LogLine line : lines) {
      ObjectNode json = Json.object();
      json.put("seq", line.seq());
      json.put("stream", line.stream().name().toLowerCase(Locale.ROOT));
      json.put("at", line.at().toString());
      json.put("text", WireText.clean(line.text()));
      out.writeBytes(Json.bytes(json));
      out.write(LINE_FEED);
    }
    return out.toByteArray();
  }

  /**
   * Reads whole lines from the beginning.
   *
   * @param lines takes them; what is damaged is left out
   * @return how many bytes were read
   */
  public static int read(byte[] bytes, int most, List<LogLine> lines) {
    int from = 0;
    for (int at = 0; at < bytes.length && lines.size() < most; at++) {
      if (bytes[at] == LINE_FEED) {
        add(new String(bytes, from, at - from, StandardCharsets.UTF_8), lines);
        from = at + 1;
      }
    }
    return from;
  }

  private static void add(String text, List<LogLine> lines) {
    try {
      JsonNode json = Json.MAPPER.readTree(text);
      lines.add(
          new LogLine(
              json.path("seq").asLong(),
              LogLine.Stream.valueOf(Json.text(json, "stream").toUpperCase(Locale.ROOT)),
              Instant.parse(Json.text(json, "at")),
              Json.text(json, "text")));
    } catch (JacksonException | DateTimeException | IllegalArgumentException damaged) {
      // Its number is missing then, which shows.
    } catch (UnexpectedAnswer damaged) {
      // Likewise.
    }
  }
}

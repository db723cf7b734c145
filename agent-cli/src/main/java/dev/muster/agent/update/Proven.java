package dev.muster.agent.update;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a version has proved itself.
 *
 * @param sha256 of its jar
 * @param sequence its sequence, 0 where it came from no release
 * @param floor no release below it is installed any more
 * @param before the version that it replaced; null where that is not known
 */
record Proven(String sha256, long sequence, long floor, @Nullable Before before) {
  /** The version that was replaced: its jar's SHA-256, and its sequence. */
  record Before(String sha256, long sequence) {}

  String text() {
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("sha256", sha256);
    lines.put("sequence", sequence);
    lines.put("floor", floor);
    if (before != null) {
      lines.put("before", before.sha256());
      lines.put("before_sequence", before.sequence());
    }
    return Fields.lines(lines);
  }

  /** What a file says; empty where it says nothing that can be used. */
  static Optional<Proven> read(String text) {
    Fields fields = Fields.of(text);
    try {
      return Optional.of(
          new Proven(
              fields.hash("sha256"),
              fields.number("sequence"),
              fields.number("floor"),
              fields.has("before")
                  ? new Before(fields.hash("before"), fields.number("before_sequence"))
                  : null));
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }
}

package dev.muster.agent.update;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * That a version is being tried.
 *
 * @param before the SHA-256 of the version before
 * @param beforeSequence its sequence, 0 where it came from no release
 * @param to the SHA-256 of the version on trial
 * @param sequence its sequence
 * @param floor the lowest sequence that may be installed once it has proved itself
 * @param boots how often it was started; counted by the launcher
 * @param seconds how long a start may take to prove itself before the launcher ends it
 * @param trials how often it has been tried, this time included
 */
record Trial(
    String before,
    long beforeSequence,
    String to,
    long sequence,
    long floor,
    long boots,
    long seconds,
    long trials) {

  String text() {
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("before", before);
    lines.put("before_sequence", beforeSequence);
    lines.put("to", to);
    lines.put("sequence", sequence);
    lines.put("floor", floor);
    lines.put("boots", boots);
    lines.put("seconds", seconds);
    lines.put("trials", trials);
    return Fields.lines(lines);
  }

  /** What a file says; empty where it says nothing that can be used. */
  static Optional<Trial> read(String text) {
    Fields fields = Fields.of(text);
    try {
      return Optional.of(
          new Trial(
              fields.hash("before"),
              fields.number("before_sequence"),
              fields.hash("to"),
              fields.number("sequence"),
              fields.number("floor"),
              fields.number("boots"),
              fields.number("seconds"),
              fields.number("trials")));
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }
}

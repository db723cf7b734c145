package dev.muster.agent.update;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines of {@code key value}, which a shell reads as easily as this does. */
final class Fields {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** What every shell can count with. */
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  private final Map<String, String> values;

  private Fields(Map<String, String> values) {
    this.values = values;
  }

  static Fields of(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> values.putIfAbsent(pair[0], pair[1]));
    return new Fields(values);
  }

  /**
   * A hash.
   *
   * @throws IllegalArgumentException where there is none
   */
  String hash(String key) {
    return value(key, HASH);
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException where there is none
   */
  long number(String key) {
    return Long.parseLong(value(key, NUMBER));
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  private String value(String key, Pattern form) {
    String value = values.getOrDefault(key, "");
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }

  /** The lines of these keys and values. */
  static String lines(Map<String, Object> values) {
    return values.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue() + "\n")
        .collect(Collectors.joining());
  }
}

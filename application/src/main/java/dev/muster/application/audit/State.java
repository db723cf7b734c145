package dev.muster.application.audit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state before or after, as an audit entry shows it: a flat JSON object. Secrets and payloads
 * have no place in one.
 */
public final class State {
  private final Map<String, String> fields = new LinkedHashMap<>();

  private State() {}

  /** A state with one field. */
  public static State of(String name, @Nullable Object value) {
    return new State().with(name, value);
  }

  /** The same state with one field more; null fields are left out, enums in lower case. */
  public State with(String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, json(value));
    }
    return this;
  }

  /** The JSON object. */
  public String toJson() {
    StringBuilder json = new StringBuilder("{");
    fields.forEach((name, value) ->
        json.append(json.length() == 1 ? "" : ",").append(quoted(name)).append(':').append(value));
    return json.append('}').toString();
  }

  private static String json(Object value) {
    return switch (value) {
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case Enum<?> constant -> quoted(constant.name().toLowerCase(Locale.ROOT));
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> appendEscaped(json, (char) c));
    return json.append('"').toString();
  }

  private static void appendEscaped(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < ' ') {
      json.append(String.format("\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }
}

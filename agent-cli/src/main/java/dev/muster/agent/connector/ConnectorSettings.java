package dev.muster.agent.connector;

import dev.muster.agent.configuration.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One object of the configuration file. Each reader notes a value of the wrong kind as a problem
 * and goes on with the default; {@link #close()} notes the keys that nobody asked for. Not safe for
 * threads.
 */
public final class ConnectorSettings implements AutoCloseable {
  private final String path;
  private final JsonNode node;
  private final Problems problems;
  private final Set<String> known = new HashSet<>();

  /** Reads {@code node}, which stands at {@code path}. */
  public ConnectorSettings(String path, JsonNode node, Problems problems) {
    this.path = path;
    this.problems = problems;
    if (node.isObject()) {
      this.node = node;
    } else {
      this.node = JsonNodeFactory.instance.objectNode();
      if (!node.isNull() && !node.isMissingNode()) {
        problems.add(path, "must be a mapping");
      }
    }
  }

  /** Notes a problem with a key. */
  public void problem(String key, String message) {
    problems.add(path + "." + key, message);
  }

  /** A text, or empty when the key is missing. */
  public Optional<String> text(String key) {
    JsonNode value = child(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isValueNode()) {
      return Optional.of(value.asString());
    }
    problem(key, "must be a text");
    return Optional.empty();
  }

  /** A whole number within limits. */
  public long number(String key, long fallback, long least, long most) {
    JsonNode value = child(key);
    if (value.isMissingNode()) {
      return fallback;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      problem(key, "must be a whole number");
      return fallback;
    }
    if (value.longValue() < least || value.longValue() > most) {
      problem(key, "must be from " + least + " to " + most);
      return fallback;
    }
    return value.longValue();
  }

  /** A time in seconds, within limits. */
  public Duration seconds(String key, Duration fallback, Duration most) {
    return Duration.ofSeconds(number(key, fallback.toSeconds(), 1, most.toSeconds()));
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean fallback) {
    JsonNode value = child(key);
    if (value.isMissingNode()) {
      return fallback;
    }
    if (!value.isBoolean()) {
      problem(key, "must be true or false");
      return fallback;
    }
    return value.booleanValue();
  }

  /** A list of texts; empty when the key is missing. */
  public List<String> texts(String key) {
    JsonNode value = child(key);
    List<String> texts = new ArrayList<>();
    if (value.isMissingNode()) {
      return texts;
    }
    if (!value.isArray()) {
      problem(key, "must be a list");
      return texts;
    }
    for (JsonNode item : value) {
      if (item.isValueNode() && !item.isNull()) {
        texts.add(item.asString());
      } else {
        problem(key, "must hold texts only");
      }
    }
    return texts;
  }

  /** What stands at a key as it is, for values that are more than one kind of thing. */
  public JsonNode raw(String key) {
    return child(key);
  }

  /** The objects below a key, by name, in the order of the file. */
  public Map<String, ConnectorSettings> children(String key) {
    return children(key, "");
  }

  /**
   * The objects below a key; a text in place of one is short for an object with that text.
   *
   * @param shorthand the key that the text is then under; empty to take objects only
   */
  public Map<String, ConnectorSettings> children(String key, String shorthand) {
    Map<String, ConnectorSettings> children = new LinkedHashMap<>();
    JsonNode value = child(key);
    if (!value.isMissingNode() && !value.isObject()) {
      problem(key, "must be a mapping");
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String at = path + "." + key + "." + entry.getKey();
      children.put(
          entry.getKey(),
          new ConnectorSettings(at, expanded(entry.getValue(), shorthand), problems));
    }
    return children;
  }

  /** The texts below a key, by name, in the order of the file. */
  public Map<String, String> textsByName(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode value = child(key);
    if (value.isMissingNode()) {
      return texts;
    }
    ConnectorSettings inner = new ConnectorSettings(path + "." + key, value, problems);
    for (String name : inner.node.propertyNames()) {
      inner.text(name).ifPresent(text -> texts.put(name, text));
    }
    return texts;
  }

  /** The object below a key; empty when the key is missing. */
  public Optional<ConnectorSettings> section(String key) {
    JsonNode value = child(key);
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(new ConnectorSettings(path + "." + key, value, problems));
  }

  /** Notes every key that no reader asked for. */
  @Override
  public void close() {
    for (String key : node.propertyNames()) {
      if (!known.contains(key)) {
        problem(key, "unknown key");
      }
    }
  }

  private static JsonNode expanded(JsonNode value, String shorthand) {
    return value.isString() && !shorthand.isEmpty()
        ? JsonNodeFactory.instance.objectNode().set(shorthand, value)
        : value;
  }

  private JsonNode child(String key) {
    known.add(key);
    return node.path(key);
  }
}

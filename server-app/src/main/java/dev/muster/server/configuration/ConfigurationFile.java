package dev.muster.server.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code muster.yaml}, the weakest of the three sources: one mapping of keys to values. */
public final class ConfigurationFile {
  /** Where it is looked for, in the working folder, when nobody names another. */
  public static final String USUAL = "muster.yaml";

  /** The option that names another file. */
  public static final String FLAG = "--config";

  /** The variable that names another file. */
  public static final String VARIABLE = "MUSTER_CONFIG";

  private static final int MOST_BYTES = 1024 * 1024;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private final String name;
  private final ObjectNode root;
  private final Problems problems;

  private ConfigurationFile(String name, ObjectNode root, Problems problems) {
    this.name = name;
    this.root = root;
    this.problems = problems;
  }

  /** Reads the file that the sources name, or the usual one, or none where that does not exist. */
  static ConfigurationFile of(Sources sources, Problems problems) {
    String named =
        sources.flags().getOrDefault(FLAG, sources.environment().getOrDefault(VARIABLE, ""));
    Path file = sources.folder().resolve(named.isBlank() ? USUAL : named.strip());
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    if (!named.isBlank() || Files.exists(file)) {
      root = read(file, problems).orElse(root);
    }
    String name = file.toString();
    refuseUnknown(name, root, problems);
    return new ConfigurationFile(name, root, problems);
  }

  private static Optional<ObjectNode> read(Path file, Problems problems) {
    try {
      JsonNode root = MAPPER.readTree(SmallFile.read(file, MOST_BYTES));
      if (root instanceof ObjectNode mapping) {
        return Optional.of(mapping);
      }
      if (!root.isMissingNode() && !root.isNull()) {
        problems.add(file.toString(), "must be a mapping of keys to values");
      }
    } catch (JacksonException notYaml) {
      problems.add(file.toString(), "is not YAML: " + reason(notYaml));
    } catch (IOException unreadable) {
      problems.add(file.toString(), SmallFile.reason(unreadable));
    }
    return Optional.empty();
  }

  /** The parser's own words might quote a secret, so only the place is told, and a repeated key. */
  private static String reason(JacksonException failure) {
    String message = String.valueOf(failure.getOriginalMessage());
    String what = message.startsWith("Duplicate") ? "a key stands there twice" : "see there";
    return failure.getLocation() == null
        ? what
        : "line " + failure.getLocation().getLineNr() + ", " + what;
  }

  private static void refuseUnknown(String name, ObjectNode root, Problems problems) {
    Set<String> unknown = new HashSet<>(root.propertyNames());
    Setting.keys().forEach(unknown::remove);
    unknown.stream()
        .sorted()
        .forEach(key -> problems.add(name + ", " + key, "there is no such key"));
  }

  /** The value under a key; a list becomes a text with commas. Empty where there is none. */
  Optional<Found> value(String key) {
    JsonNode node = root.path(key);
    String place = name + ", " + key;
    if (node instanceof ArrayNode list && list.valueStream().allMatch(JsonNode::isString)) {
      return Optional.of(
          new Found(
              list.valueStream().map(JsonNode::stringValue).collect(Collectors.joining(",")),
              place));
    }
    if (node.isContainer()) {
      problems.add(place, "must be one value");
      return Optional.empty();
    }
    return node.isMissingNode() || node.isNull()
        ? Optional.empty()
        : Optional.of(new Found(node.asString().strip(), place)).filter(f -> !f.value().isEmpty());
  }

  /** What stands under a key, if only nothing; empty where the key does not stand there. */
  Optional<String> written(String key) {
    JsonNode node = root.path(key);
    return node.isMissingNode() ? Optional.empty() : Optional.of(node.asString(""));
  }

  /** A text under a key. A number would lose zeros or digits, so it must stand in quotes. */
  Optional<Found> text(String key) {
    JsonNode node = root.path(key);
    if (node.isValueNode() && !node.isString() && !node.isNull()) {
      problems.add(name + ", " + key, "must stand in quotes");
      return Optional.empty();
    }
    return value(key);
  }

  @Override
  public String toString() {
    return name + Map.of("keys", root.propertyNames());
  }
}

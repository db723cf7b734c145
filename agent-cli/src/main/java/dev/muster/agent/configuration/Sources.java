package dev.muster.agent.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The three places a setting may come from, in order of strength: flag, environment, file.
 *
 * @param flags by {@link Setting#flag()}
 * @param environment the process's environment; an empty variable counts as not set
 * @param file the configuration file, empty where there is none
 */
public record Sources(
    Map<Setting, String> flags, Map<String, String> environment, ObjectNode file) {
  /** Copies the maps. */
  public Sources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /** A value and where it stands, so that a problem can name the place to correct. */
  record Found(String value, String place) {}

  /** The strongest value of a setting that has one value. */
  Optional<Found> find(Setting setting, Problems problems) {
    Optional<Found> stronger = outsideFile(setting);
    if (stronger.isPresent()) {
      return stronger;
    }
    JsonNode node = inFile(setting);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isValueNode()) {
      problems.add(setting.key(), "must be one value");
      return Optional.empty();
    }
    return Optional.of(new Found(node.asString().trim(), setting.key()));
  }

  /** The strongest value of a setting that is a list; in flag and variable separated by commas. */
  Optional<List<Found>> findAll(Setting setting, Problems problems) {
    Optional<Found> stronger = outsideFile(setting);
    if (stronger.isPresent()) {
      Found found = stronger.get();
      return Optional.of(
          List.of(found.value().split(",")).stream()
              .map(String::trim)
              .filter(value -> !value.isEmpty())
              .map(value -> new Found(value, found.place()))
              .toList());
    }
    JsonNode node = inFile(setting);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isArray() || node.valueStream().anyMatch(each -> !each.isString())) {
      problems.add(setting.key(), "must be a list of texts");
      return Optional.empty();
    }
    return Optional.of(
        node.valueStream().map(each -> new Found(each.stringValue(), setting.key())).toList());
  }

  /** An environment variable that is set to something. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private Optional<Found> outsideFile(Setting setting) {
    String flag = flags.get(setting);
    if (flag != null) {
      return Optional.of(new Found(flag.trim(), setting.flag()));
    }
    return variable(setting.variable())
        .map(value -> new Found(value.trim(), setting.variable()))
        .or(() -> lowerCase(setting));
  }

  /** Of the proxy's, many hosts set the lower-case names only, which other programs read too. */
  private Optional<Found> lowerCase(Setting setting) {
    String name = setting.variable().toLowerCase(Locale.ROOT);
    return setting == Setting.HTTPS_PROXY || setting == Setting.NO_PROXY
        ? variable(name).map(value -> new Found(value.trim(), name))
        : Optional.empty();
  }

  private JsonNode inFile(Setting setting) {
    JsonNode node = file;
    for (String part : setting.key().split("\\.")) {
      node = node.path(part);
    }
    return node;
  }
}

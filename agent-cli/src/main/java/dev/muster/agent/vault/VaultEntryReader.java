package dev.muster.agent.vault;

import dev.muster.agent.configuration.Problems;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.vault.VaultReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads one entry of the vault, noting all of its problems and none of its value. */
final class VaultEntryReader {
  /** Shorter values are refused: redacting them would hide half of every text. */
  static final int LEAST_LENGTH = 6;

  /** Longer values are refused; a private key with its chain is well below. In UTF-8 bytes. */
  static final int MOST_BYTES = 16_384;

  private VaultEntryReader() {}

  static Optional<VaultEntry> read(String key, JsonNode node, Problems problems) {
    Optional<VaultReference> reference = VaultReference.parse(VaultReference.PREFIX + key);
    if (reference.isEmpty()) {
      problems.add(key, "the name must be <path>/<key> or <path>/<key>/v<n>");
      return Optional.empty();
    }
    JsonNode value = node.path("value");
    if (!node.isObject() || !value.isString()) {
      problems.add(key, "must be an object with a text \"value\"");
      return Optional.empty();
    }
    refuseUnknown(key, node, Set.of("value", "for"), problems);
    valueProblem(value.stringValue()).ifPresent(problem -> problems.add(key, problem));
    Optional<Targets> targets =
        node.has("for") ? Optional.of(targets(key, node.path("for"), problems)) : Optional.empty();
    return Optional.of(
        new VaultEntry(
            reference.get().name(),
            reference.get().version().orElse(1),
            Secret.of(value.stringValue()),
            targets));
  }

  /** What is wrong with a value; empty if nothing. */
  static Optional<String> valueProblem(String value) {
    if (value.codePointCount(0, value.length()) < LEAST_LENGTH) {
      return Optional.of("the value must have at least " + LEAST_LENGTH + " characters");
    }
    return Secret.of(value).bytes().length > MOST_BYTES
        ? Optional.of("the value must have at most " + MOST_BYTES + " bytes")
        : Optional.empty();
  }

  private static Targets targets(String key, JsonNode node, Problems problems) {
    if (!node.isObject()) {
      problems.add(key, "\"for\" must be an object");
    }
    refuseUnknown(key, node, Set.of("hosts", "tools", "tenants"), problems);
    List<HostRule> hosts = new ArrayList<>();
    for (String text : texts(key, node.path("hosts"), problems)) {
      HostRule.parse(text)
          .ifPresentOrElse(hosts::add, () -> problems.add(key, "not a host: " + text));
    }
    Set<String> tenants = new HashSet<>(texts(key, node.path("tenants"), problems));
    return new Targets(hosts, tools(key, node.path("tools"), problems), tenants);
  }

  private static Map<String, Map<String, ParameterPattern>> tools(
      String key, JsonNode node, Problems problems) {
    if (!node.isObject() && !node.isMissingNode()) {
      problems.add(key, "\"tools\" must be an object");
    }
    Map<String, Map<String, ParameterPattern>> tools = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> tool : node.properties()) {
      Map<String, ParameterPattern> patterns = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> parameter : tool.getValue().properties()) {
        patterns.put(parameter.getKey(), new ParameterPattern(parameter.getValue().asString("")));
      }
      if (!tool.getValue().isObject()) {
        problems.add(key, "tool " + tool.getKey() + " must be an object of parameters");
      }
      tools.put(tool.getKey(), Map.copyOf(patterns));
    }
    return tools;
  }

  private static List<String> texts(String key, JsonNode node, Problems problems) {
    List<String> texts = new ArrayList<>();
    if (!node.isArray() && !node.isMissingNode()) {
      problems.add(key, "hosts and tenants must be lists");
    }
    for (JsonNode item : node) {
      texts.add(item.asString(""));
    }
    return texts;
  }

  private static void refuseUnknown(
      String key, JsonNode node, Set<String> known, Problems problems) {
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        problems.add(key, "unknown key " + name);
      }
    }
  }
}

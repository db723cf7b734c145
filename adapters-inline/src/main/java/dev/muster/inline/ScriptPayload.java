package dev.muster.inline;

import dev.muster.sandbox.Script;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one kind of payload that the server runs itself. */
final class ScriptPayload {
  private static final Set<String> KEYS = Set.of("connector", "source", "config");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ScriptPayload() {}

  /** The script; empty for anything that is not exactly one. */
  static Optional<Script> read(String payload) {
    try {
      return JSON.readTree(payload) instanceof ObjectNode object ? read(object) : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  private static Optional<Script> read(ObjectNode payload) {
    JsonNode config = payload.path("config");
    boolean isOne =
        KEYS.containsAll(payload.propertyNames())
            && payload.path("connector").asString("").equals("script")
            && payload.path("source").isString()
            && (config.isMissingNode() || config.isObject());
    return isOne
        ? Optional.of(
            new Script(
                payload.path("source").stringValue(),
                config.isObject() ? config : JsonNodeFactory.instance.objectNode()))
        : Optional.empty();
  }
}

package dev.muster.agent.redaction;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Redacts JSON in its structure, so that what comes out is JSON again. */
final class JsonRedaction {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonRedaction() {}

  static JsonNode copy(JsonNode node, JobRedaction redaction) {
    return switch (node) {
      case ObjectNode object -> object(object, redaction);
      case ArrayNode array -> {
        ArrayNode copy = NODES.arrayNode(array.size());
        array.forEach(item -> copy.add(copy(item, redaction)));
        yield copy;
      }
      case JsonNode text when text.isString() ->
          NODES.stringNode(redaction.redact(text.stringValue()));
      case JsonNode number when number.isNumber() -> number(number, redaction);
      default -> node;
    };
  }

  private static JsonNode object(ObjectNode object, JobRedaction redaction) {
    ObjectNode copy = NODES.objectNode();
    boolean isHeader =
        object.path("name").isString()
            && AuthenticationHeaders.contains(object.path("name").stringValue());
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      boolean hidden =
          AuthenticationHeaders.contains(entry.getKey())
              || isHeader && entry.getKey().equals("value");
      copy.set(
          freeName(copy, redaction.redact(entry.getKey())),
          hidden && !entry.getValue().isNull()
              ? NODES.stringNode(ValueFilter.MARK)
              : copy(entry.getValue(), redaction));
    }
    return copy;
  }

  // Two names that are redacted to the same one must not swallow each other's values.
  private static String freeName(ObjectNode copy, String name) {
    String free = name;
    for (int i = 2; copy.has(free); i++) {
      free = name + " " + i;
    }
    return free;
  }

  // A secret of digits may come back as a number.
  private static JsonNode number(JsonNode number, JobRedaction redaction) {
    String text = number.asString();
    return redaction.redact(text).equals(text) ? number : NODES.stringNode(ValueFilter.MARK);
  }
}

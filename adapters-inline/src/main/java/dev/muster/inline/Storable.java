package dev.muster.inline;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Text of a script in a form that storage takes: without NUL, and without half characters. */
final class Storable {
  private static final int LONGEST_MESSAGE = 2_000;
  private static final char REPLACEMENT = '\uFFFD';
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Storable() {}

  static String text(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        out.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
      }
    }
    return out.toString();
  }

  /** Why something failed, not longer than anybody reads. */
  static String message(String text) {
    return text(text.substring(0, Math.min(text.length(), LONGEST_MESSAGE)));
  }

  /** The result of a job whose script returned this. */
  static String result(JsonNode value, long millis) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("value", storable(value));
    result.put("duration_ms", millis);
    return JSON.writeValueAsString(result);
  }

  private static JsonNode storable(JsonNode node) {
    if (node.isString()) {
      return StringNode.valueOf(text(node.stringValue()));
    }
    if (node instanceof ArrayNode list) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      list.forEach(item -> copy.add(storable(item)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        copy.set(text(entry.getKey()), storable(entry.getValue()));
      }
      return copy;
    }
    return node;
  }
}

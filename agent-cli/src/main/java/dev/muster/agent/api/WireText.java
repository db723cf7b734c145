package dev.muster.agent.api;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes text fit for the wire: the server refuses NUL and lone surrogates, and one such character
 * in a tool's output must not cost the whole result. They become U+FFFD.
 */
final class WireText {
  private static final char REPLACEMENT = '\ufffd';

  private WireText() {}

  static String clean(String text) {
    if (isClean(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(isClean(c) ? c : REPLACEMENT));
    return clean.toString();
  }

  /**
   * A copy of the node with every text and every key cleaned; the node itself where it is clean.
   */
  static JsonNode clean(JsonNode node) {
    if (node.isString()) {
      String clean = clean(node.stringValue());
      return clean.equals(node.stringValue())
          ? node
          : Json.MAPPER.getNodeFactory().stringNode(clean);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.MAPPER.createArrayNode();
      array.forEach(each -> copy.add(clean(each)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = Json.object();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        copy.set(clean(entry.getKey()), clean(entry.getValue()));
      }
      return copy;
    }
    return node;
  }

  private static boolean isClean(String text) {
    return text.codePoints().allMatch(WireText::isClean);
  }

  private static boolean isClean(int codePoint) {
    return codePoint != 0
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }
}

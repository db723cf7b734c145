package dev.muster.wire.json;

import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the tree from the parser's tokens, so that every refusal can name its place. */
final class TreeReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;

  /** The keys and indices that lead here; put into words only where something is refused. */
  private final Deque<Object> path = new ArrayDeque<>();

  TreeReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads the value whose first token is the parser's current one. */
  JsonNode read() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.stringNode(safe(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Numbers.node(parser, this::pointer);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new MalformedJson("The body is not JSON.");
    };
  }

  private ObjectNode object() {
    refuseTooDeep();
    var object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      path.addLast(key);
      safe(key);
      if (object.has(key)) {
        throw InvalidFields.at(pointer(), "stands there twice");
      }
      parser.nextToken();
      object.set(key, read());
      path.removeLast();
    }
    return object;
  }

  private ArrayNode array() {
    refuseTooDeep();
    var array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      path.addLast(array.size());
      array.add(read());
      path.removeLast();
    }
    return array;
  }

  private void refuseTooDeep() {
    if (path.size() >= StrictJson.MAX_DEPTH) {
      throw InvalidFields.at(
          pointer(), "is nested deeper than " + StrictJson.MAX_DEPTH + " levels");
    }
  }

  private String safe(String text) {
    var fault = SafeText.fault(text);
    if (fault != null) {
      throw InvalidFields.at(pointer(), fault);
    }
    return text;
  }

  private String pointer() {
    var pointer = "";
    for (var step : path) {
      pointer =
          step instanceof Integer index
              ? Pointers.index(pointer, index)
              : Pointers.key(pointer, step.toString());
    }
    return pointer;
  }
}

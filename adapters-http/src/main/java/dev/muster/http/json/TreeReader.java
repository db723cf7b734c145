package dev.muster.http.json;

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
  private int depth;

  TreeReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads the value whose first token is the parser's current one. */
  JsonNode read() {
    return value("");
  }

  private JsonNode value(String pointer) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(pointer);
      case START_ARRAY -> array(pointer);
      case VALUE_STRING -> NODES.stringNode(safe(parser.getString(), pointer));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Numbers.node(parser, pointer);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new MalformedJson("The body is not JSON.");
    };
  }

  private ObjectNode object(String pointer) {
    enter(pointer);
    var object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      var at = Pointers.key(pointer, key);
      safe(key, at);
      if (object.has(key)) {
        throw InvalidFields.at(at, "stands there twice");
      }
      parser.nextToken();
      object.set(key, value(at));
    }
    depth--;
    return object;
  }

  private ArrayNode array(String pointer) {
    enter(pointer);
    var array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(Pointers.index(pointer, array.size())));
    }
    depth--;
    return array;
  }

  private void enter(String pointer) {
    depth++;
    if (depth > StrictJson.MAX_DEPTH) {
      throw InvalidFields.at(pointer, "is nested deeper than " + StrictJson.MAX_DEPTH + " levels");
    }
  }

  private static String safe(String text, String pointer) {
    var fault = SafeText.fault(text);
    if (fault != null) {
      throw InvalidFields.at(pointer, fault);
    }
    return text;
  }
}

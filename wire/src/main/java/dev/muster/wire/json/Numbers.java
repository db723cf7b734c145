package dev.muster.wire.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads numbers exactly, within bounds.
 *
 * <p>{@code 1e999999999} is eleven bytes on the wire and a gigabyte of digits once somebody expands
 * it; the database would refuse it as well, but with a fault.
 */
final class Numbers {
  private static final int MAX_LENGTH = 100;
  private static final int MAX_MAGNITUDE = 309;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Numbers() {}

  /** The node of the parser's current token, a number. */
  static JsonNode node(JsonParser parser, Supplier<String> pointer) {
    var text = parser.getString();
    if (text.length() > MAX_LENGTH) {
      throw InvalidFields.at(
          pointer.get(), "is a number of more than " + MAX_LENGTH + " characters");
    }
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? integer(new BigInteger(text))
        : decimal(text, pointer);
  }

  private static JsonNode integer(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }

  private static JsonNode decimal(String text, Supplier<String> pointer) {
    try {
      var value = new BigDecimal(text);
      if (Math.abs((long) value.precision() - value.scale()) <= MAX_MAGNITUDE) {
        return NODES.numberNode(value);
      }
    } catch (NumberFormatException e) {
      // An exponent beyond int; the answer is the same.
    }
    throw InvalidFields.at(pointer.get(), "is a number of more than " + MAX_MAGNITUDE + " digits");
  }
}

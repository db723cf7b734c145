package dev.muster.wire.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** Turns bytes into a JSON tree, or says why not. Thread-safe. */
public final class StrictJson {
  /** How deep objects and arrays may stand in one another. */
  public static final int MAX_DEPTH = 100;

  /** One more than we allow, so that our own check speaks first and can name the place. */
  private static final int PARSER_DEPTH = MAX_DEPTH + 1;

  private static final int MAX_NUMBER_LENGTH = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(PARSER_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * Reads one JSON value.
   *
   * @throws MalformedJson when the bytes are not UTF-8, or not exactly one JSON value
   * @throws InvalidFields when they are JSON that no field of ours may hold
   */
  public static JsonNode parse(byte[] bytes) {
    var text = decode(bytes);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new MalformedJson("The body is empty; JSON is expected.");
      }
      var tree = new TreeReader(parser).read();
      requireEnd(parser);
      return tree;
    } catch (StreamConstraintsException e) {
      throw InvalidFields.at("", "has a number of more than " + MAX_NUMBER_LENGTH + " characters");
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  /** Jackson would guess UTF-16 and accept overlong forms; the JDK's decoder does neither. */
  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedJson("The body is not valid UTF-8.");
    }
  }

  private static void requireEnd(JsonParser parser) {
    JsonToken trailing = parser.nextToken();
    if (trailing != null) {
      throw new MalformedJson("There is more after the JSON value.");
    }
  }

  /** The place only: the parser's own message repeats pieces of the body. */
  private static RuntimeException refusal(JacksonException e) {
    var at = e.getLocation();
    var place = at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr();
    // The parser checks the surrogates of keys itself; those of values it leaves to us.
    if (String.valueOf(e.getOriginalMessage()).contains("surrogate")) {
      return InvalidFields.at("", "has a key with a lone surrogate" + place);
    }
    return new MalformedJson("The body is not JSON" + place + ".");
  }
}

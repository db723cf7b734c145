package dev.muster.http.route;

import dev.muster.wire.json.InvalidFields;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.SafeText;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Rejection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads a query string as strictly as a body. */
public final class Query {
  private Query() {}

  /**
   * The parameters as an object of strings.
   *
   * @param raw the query string as it was sent, or null
   * @param known the parameters that the route has
   * @throws Rejection 400 when it is not proper percent-encoded UTF-8
   * @throws InvalidFields for a parameter that is unknown or stands twice
   */
  public static ObjectNode parse(@Nullable String raw, Set<String> known) {
    var parameters = Json.object();
    if (raw == null || raw.isEmpty()) {
      return parameters;
    }
    for (var pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      var name = decode(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      add(parameters, name, value, known);
    }
    return parameters;
  }

  private static void add(ObjectNode parameters, String name, String value, Set<String> known) {
    if (!known.contains(name)) {
      throw InvalidFields.at("?", "has a parameter that is not known here" + offer(known));
    }
    if (parameters.has(name)) {
      throw InvalidFields.at("?" + name, "stands there twice");
    }
    var fault = SafeText.fault(value);
    if (fault != null) {
      throw InvalidFields.at("?" + name, fault);
    }
    parameters.put(name, value);
  }

  private static String offer(Set<String> known) {
    return known.isEmpty()
        ? ""
        : "; known are " + String.join(", ", known.stream().sorted().toList());
  }

  private static String decode(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(hexByte(text, i + 1));
        i += 2;
      } else if (c < 0x80) {
        bytes.write(c == '+' ? ' ' : c);
      } else {
        throw malformed();
      }
    }
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return decoder.decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static int hexByte(String text, int at) {
    if (at + 2 > text.length()) {
      throw malformed();
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    if (high < 0 || low < 0) {
      throw malformed();
    }
    return high << 4 | low;
  }

  private static Rejection malformed() {
    return Rejection.of(
        ProblemCode.MALFORMED_QUERY, "The query must be percent-encoded UTF-8, such as ?a=b%20c.");
  }
}

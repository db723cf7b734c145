package dev.muster.wire.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Writes JSON. Thread-safe. */
public final class Json {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private Json() {}

  /** A new object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A new list. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** A list of strings. */
  public static ArrayNode strings(Iterable<String> values) {
    var array = array();
    values.forEach(array::add);
    return array;
  }

  /** A time on the wire: UTC, microseconds, {@code Z}; null stays null. */
  public static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : MICROSECONDS.format(at);
  }

  /** The compact form. */
  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** The compact form in UTF-8. */
  public static byte[] bytes(JsonNode node) {
    return write(node).getBytes(StandardCharsets.UTF_8);
  }

  /** A form that is the same for every order of keys, to compare requests by. */
  public static byte[] canonical(JsonNode node) {
    return MAPPER.writeValueAsString(sorted(node)).getBytes(StandardCharsets.UTF_8);
  }

  /** Puts JSON that was stored as text into an object as it is; null stays null. */
  public static void putStored(ObjectNode object, String name, @Nullable String text) {
    if (text == null) {
      object.putNull(name);
    } else {
      object.putRawValue(name, new RawValue(text));
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var out = object();
      object.propertyNames().stream().sorted().forEach(k -> out.set(k, sorted(object.get(k))));
      return out;
    }
    if (node instanceof ArrayNode array) {
      var out = array();
      array.forEach(element -> out.add(sorted(element)));
      return out;
    }
    return node;
  }
}

package dev.muster.wire.json;

import dev.muster.domain.identity.WireNamed;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The kinds of values that requests are made of. */
public final class Kinds {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);
  private static final int MAX_INSTANT_LENGTH = 40;
  private static final Instant FIRST_INSTANT = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Kinds() {}

  /** Text of a length in code points, the bounds included. */
  public static Kind<String> text(int min, int max) {
    return (node, pointer, problems) -> {
      if (!node.isString()) {
        problems.add(pointer, "must be a string");
        return null;
      }
      var text = node.stringValue();
      int length = text.codePointCount(0, text.length());
      if (length < min || length > max) {
        problems.add(pointer, "must have " + min + " to " + max + " characters");
        return null;
      }
      return text;
    };
  }

  /**
   * Text that matches a pattern as a whole.
   *
   * @param max longer text is refused before it is matched
   * @param what completes the sentence "must be …"
   */
  public static Kind<String> matching(Pattern pattern, int max, String what) {
    return (node, pointer, problems) -> {
      if (node.isString()
          && node.stringValue().length() <= max
          && pattern.matcher(node.stringValue()).matches()) {
        return node.stringValue();
      }
      problems.add(pointer, "must be " + what);
      return null;
    };
  }

  /** A whole number, the bounds included. {@code 3.0} is not one: nobody counts in decimals. */
  public static Kind<Integer> integer(int min, int max) {
    return wholeNumber(min, max).as(Math::toIntExact);
  }

  /** A whole number of 64 bits, the bounds included. */
  public static Kind<Long> wholeNumber(long min, long max) {
    return (node, pointer, problems) -> {
      if (node.isIntegralNumber() && node.canConvertToLong()) {
        long value = node.longValue();
        if (value >= min && value <= max) {
          return value;
        }
      }
      problems.add(pointer, "must be a whole number from " + min + " to " + max);
      return null;
    };
  }

  /** A whole number written as text, as in a query. */
  public static Kind<Integer> digits(int min, int max) {
    return matching(DIGITS, 10, "a whole number from " + min + " to " + max)
        .as(Long::parseLong)
        .as(value -> {
          if (value < min || value > max) {
            throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
          }
          return value.intValue();
        });
  }

  /** True or false written as text, as in a query. */
  public static Kind<Boolean> flag() {
    return oneOf(FLAGS);
  }

  /** True or false. */
  public static Kind<Boolean> bool() {
    return (node, pointer, problems) -> {
      if (node.isBoolean()) {
        return node.booleanValue();
      }
      problems.add(pointer, "must be true or false");
      return null;
    };
  }

  /** One of the names of an enumeration. */
  public static <E extends Enum<E> & WireNamed> Kind<E> oneOf(Class<E> type) {
    var words = new LinkedHashMap<String, E>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.wireName(), constant);
    }
    return oneOf(words);
  }

  /** One of a few words. */
  public static <T> Kind<T> oneOf(Map<String, T> words) {
    return (node, pointer, problems) -> {
      var value = node.isString() ? words.get(node.stringValue()) : null;
      if (value == null) {
        var offer = String.join(", ", words.keySet().stream().sorted().toList());
        problems.add(pointer, "must be one of " + offer);
      }
      return value;
    };
  }

  /** An id, as the server writes it: lower case. */
  public static Kind<UUID> uuid() {
    return matching(UUID_TEXT, 36, "a UUID in lower case").as(UUID::fromString);
  }

  /** A time (RFC 3339, any offset) between 1970 and 9999, cut to microseconds. */
  public static Kind<Instant> instant() {
    return text(1, MAX_INSTANT_LENGTH).as(Kinds::parseInstant);
  }

  /** A list of values; more than {@code max} are refused without being read. */
  public static <T> Kind<List<T>> list(Kind<T> element, int max) {
    return (node, pointer, problems) -> {
      if (!(node instanceof ArrayNode array)) {
        problems.add(pointer, "must be a list");
        return null;
      }
      if (array.size() > max) {
        problems.add(pointer, "must have at most " + max + " entries");
        return null;
      }
      return elements(array, element, pointer, problems);
    };
  }

  /** A list in which nothing stands twice. */
  public static <T> Kind<List<T>> uniqueList(Kind<T> element, int max) {
    return list(element, max)
        .as(values -> {
          if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("must not have the same entry twice");
          }
          return values;
        });
  }

  /** An object. */
  public static <T> Kind<T> object(Shape<T> shape) {
    return (node, pointer, problems) -> Fields.read(node, pointer, problems, shape);
  }

  /** An object whose keys are not known beforehand; more than {@code max} are refused unread. */
  public static <K, T> Kind<Map<K, T>> map(Kind<K> key, Kind<T> element, int max) {
    return (node, pointer, problems) -> {
      if (!(node instanceof ObjectNode object)) {
        problems.add(pointer, "must be an object");
        return null;
      }
      if (object.size() > max) {
        problems.add(pointer, "must have at most " + max + " entries");
        return null;
      }
      int before = problems.count();
      var values = new LinkedHashMap<K, T>();
      for (var entry : object.properties()) {
        var at = Pointers.key(pointer, entry.getKey());
        var name = key.read(StringNode.valueOf(entry.getKey()), at, problems);
        var value = element.read(entry.getValue(), at, problems);
        if (name != null && value != null) {
          values.put(name, value);
        }
      }
      return problems.count() == before ? Collections.unmodifiableMap(values) : null;
    };
  }

  /** Any JSON object, kept as it is, up to a size in bytes of its compact form. */
  public static Kind<JsonNode> anyObject(int maxBytes) {
    return (node, pointer, problems) -> {
      if (!node.isObject()) {
        problems.add(pointer, "must be an object");
        return null;
      }
      return within(maxBytes, node, pointer, problems);
    };
  }

  /** Any JSON value, kept as it is, up to a size in bytes of its compact form. */
  public static Kind<JsonNode> anything(int maxBytes) {
    return (node, pointer, problems) -> within(maxBytes, node, pointer, problems);
  }

  private static @Nullable JsonNode within(
      int maxBytes, JsonNode node, String pointer, Problems problems) {
    if (Json.write(node).getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      problems.add(pointer, "must have at most " + maxBytes + " bytes");
      return null;
    }
    return node;
  }

  private static <T> @Nullable List<T> elements(
      ArrayNode array, Kind<T> element, String pointer, Problems problems) {
    var values = new ArrayList<T>(array.size());
    for (int i = 0; i < array.size(); i++) {
      var at = Pointers.index(pointer, i);
      var node = array.get(i);
      if (node.isNull()) {
        problems.add(at, "must not be null");
        continue;
      }
      var value = element.read(node, at, problems);
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() == array.size() ? List.copyOf(values) : null;
  }

  private static Instant parseInstant(String text) {
    try {
      var at = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
      var cut = at.minusNanos(at.getNano() % 1_000);
      if (!cut.isBefore(FIRST_INSTANT) && !cut.isAfter(LAST_INSTANT)) {
        return cut;
      }
    } catch (DateTimeException e) {
      // Falls through to the one message that helps.
    }
    throw new IllegalArgumentException("must be a time such as 2026-01-31T12:00:00Z");
  }
}

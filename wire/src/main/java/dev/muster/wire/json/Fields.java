package dev.muster.wire.json;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of one object, remembering which it knows. For one thread. */
public final class Fields {
  private final ObjectNode object;
  private final String pointer;
  private final boolean query;
  private final Problems problems;
  private final Set<String> known = new HashSet<>();

  private Fields(ObjectNode object, String pointer, boolean query, Problems problems) {
    this.object = object;
    this.pointer = pointer;
    this.query = query;
    this.problems = problems;
  }

  /**
   * Reads a whole request.
   *
   * @throws InvalidFields with everything that is wrong with it
   */
  public static <T> T read(JsonNode node, Shape<T> shape) {
    var problems = new Problems();
    var value = read(node, "", problems, shape);
    return orRefuse(value, problems);
  }

  /**
   * Reads the parameters of a query, which all are strings.
   *
   * @throws InvalidFields with everything that is wrong with it
   */
  public static <T> T readQuery(ObjectNode parameters, Shape<T> shape) {
    var problems = new Problems();
    var value = read(new Fields(parameters, "", true, problems), shape);
    return orRefuse(value, problems);
  }

  private static <T> T orRefuse(@Nullable T value, Problems problems) {
    problems.refuseIfAny();
    if (value == null) {
      throw new IllegalStateException("a shape gave neither a value nor a problem");
    }
    return value;
  }

  static <T> @Nullable T read(JsonNode node, String pointer, Problems problems, Shape<T> shape) {
    if (!(node instanceof ObjectNode object)) {
      problems.add(pointer, "must be an object");
      return null;
    }
    return read(new Fields(object, pointer, false, problems), shape);
  }

  private static <T> @Nullable T read(Fields fields, Shape<T> shape) {
    var problems = fields.problems;
    int before = problems.count();
    var maker = shape.read(fields);
    fields.refuseUnknown();
    if (problems.count() > before) {
      return null;
    }
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      problems.add(fields.pointer, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A field that must be there and not null. */
  public <T> Field<T> required(String name, Kind<T> kind) {
    var node = take(name);
    if (node == null || node.isNull()) {
      problems.add(at(name), "is required");
      return new Field<>(node != null, null);
    }
    return new Field<>(true, kind.read(node, at(name), problems));
  }

  /** A field that may be absent or null. */
  public <T> Field<T> optional(String name, Kind<T> kind) {
    var node = take(name);
    if (node == null || node.isNull()) {
      return new Field<>(node != null, null);
    }
    return new Field<>(true, kind.read(node, at(name), problems));
  }

  private @Nullable JsonNode take(String name) {
    known.add(name);
    return object.get(name);
  }

  private String at(String name) {
    return query ? "?" + name : Pointers.key(pointer, name);
  }

  private void refuseUnknown() {
    for (var name : object.propertyNames()) {
      if (!known.contains(name)) {
        problems.add(at(name), "is not a known field");
      }
    }
  }
}

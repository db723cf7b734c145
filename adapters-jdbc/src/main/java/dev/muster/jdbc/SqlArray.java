package dev.muster.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Arrays as arguments of statements. Jdbi would find out by reflection each time what an array is
 * of, which takes longer than all else that it does for a statement.
 */
public final class SqlArray {
  private static final Map<Class<?>, String> TYPES =
      Map.of(
          String.class, "text",
          UUID.class, "uuid",
          Integer.class, "int4",
          Long.class, "int8",
          Boolean.class, "bool",
          Instant.class, "timestamptz");

  private SqlArray() {}

  /** One of elements of a type, any of which may be null. */
  public static Argument of(Class<?> type, Collection<? extends @Nullable Object> elements) {
    return of(type, elements.toArray());
  }

  /** One of elements of a type, any of which may be null. */
  public static Argument of(Class<?> type, @Nullable Object[] elements) {
    String name = TYPES.get(type);
    if (name == null) {
      throw new IllegalArgumentException("arrays of " + type);
    }
    @Nullable Object[] values =
        type == Instant.class
            ? Arrays.stream(elements).map(SqlArray::toTheMicrosecond).toArray()
            : elements;
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf(name, values));
  }

  /** As PostgreSQL keeps moments; it would round, and so reach into the future. */
  private static @Nullable Object toTheMicrosecond(@Nullable Object moment) {
    return moment instanceof Instant instant
        ? instant.truncatedTo(ChronoUnit.MICROS).toString()
        : null;
  }
}

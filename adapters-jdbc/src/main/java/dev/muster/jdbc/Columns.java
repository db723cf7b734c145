package dev.muster.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads columns as the types that the domain speaks. No column depends on a time zone. */
public final class Columns {
  private Columns() {}

  /** A UUID that is not null. */
  public static UUID uuid(ResultSet row, String column) throws SQLException {
    return present(uuidOrNull(row, column), column);
  }

  /** A UUID, or null. */
  public static @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /** A moment that is not null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return present(instantOrNull(row, column), column);
  }

  /** A moment, or null. */
  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** Text that is not null. */
  public static String text(ResultSet row, String column) throws SQLException {
    return present(row.getString(column), column);
  }

  /** A number, or null. */
  public static @Nullable Integer integerOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Integer.class);
  }

  /** Bytes that are not null. */
  public static byte[] bytes(ResultSet row, String column) throws SQLException {
    return present(row.getBytes(column), column);
  }

  /** A list of text that is not null, in the order of the array. */
  public static List<String> texts(ResultSet row, String column) throws SQLException {
    Array array = present(row.getArray(column), column);
    return List.of((String[]) array.getArray());
  }

  /** A constant that is stored as {@link #word} writes it, not null. */
  public static <E extends Enum<E>> E constant(ResultSet row, String column, Class<E> type)
      throws SQLException {
    return Enum.valueOf(type, text(row, column).toUpperCase(Locale.ROOT));
  }

  /** How a constant is stored: its name in lower case. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <T> T present(@Nullable T value, String column) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }
}

package dev.muster.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;

/** Byte strings as one array: the driver takes them in an array of their own type only. */
public final class ByteStrings implements Argument {
  private final byte[][] values;

  private ByteStrings(byte[][] values) {
    this.values = values;
  }

  /** These, in their order. */
  public static ByteStrings of(Collection<byte[]> values) {
    return new ByteStrings(values.toArray(byte[][]::new));
  }

  @Override
  public void apply(int position, PreparedStatement statement, StatementContext context)
      throws SQLException {
    statement.setArray(position, statement.getConnection().createArrayOf("bytea", values));
  }

  @Override
  public String toString() {
    return values.length + " byte strings";
  }
}

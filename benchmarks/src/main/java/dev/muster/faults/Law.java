package dev.muster.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Something that must hold in every history.
 *
 * @param says what
 * @param violations finds a row for each violation
 * @param planted makes one, to prove that it would be found
 */
record Law(String says, String violations, String planted) {
  private static final int MOST_SHOWN = 3;

  /** What violates it, one line for each of the first violations; empty where it holds. */
  List<String> broken(Connection connection) throws SQLException {
    List<String> broken = new ArrayList<>();
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(violations)) {
      while (rows.next() && broken.size() < MOST_SHOWN) {
        StringJoiner row = new StringJoiner(" ", says + " -- ", "");
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.add(rows.getMetaData().getColumnName(column) + "=" + rows.getString(column));
        }
        broken.add(row.toString());
      }
    }
    return broken;
  }

  /** Whether a violation is found, in a transaction that is then rolled back. */
  boolean bites(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement sql = connection.createStatement()) {
      sql.execute(planted);
      return !broken(connection).isEmpty();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}

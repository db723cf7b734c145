package dev.muster.jdbc.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** One statement, or the first value of one query, on a connection of its own. */
final class Sql {
  private Sql() {}

  static Connection connect(EmbeddedPostgres postgres, DatabaseLogin login) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), login.user(), login.password().reveal());
  }

  static void run(EmbeddedPostgres postgres, DatabaseLogin login, String... statements)
      throws SQLException {
    try (var connection = connect(postgres, login);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String value(EmbeddedPostgres postgres, DatabaseLogin login, String query)
      throws SQLException {
    try (var connection = connect(postgres, login);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}

package dev.muster.benchmarks.fleet;

import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Databases of the one cluster that everything in a run shares. */
public final class Databases {
  private final EmbeddedPostgres postgres;

  /** Databases in a cluster. */
  public Databases(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Makes an empty database, instead of one that a failure left behind, that the server's logins,
   * and nobody else's but root's, may use.
   */
  public void create(String name) throws SQLException {
    drop(name);
    execute("postgres", "CREATE DATABASE " + name + " OWNER " + postgres.owner().user());
    execute("postgres", "GRANT CONNECT ON DATABASE " + name + " TO " + postgres.server().user());
  }

  /** Removes a database, so that the next figure does not pay for its vacuuming. */
  public void drop(String name) throws SQLException {
    execute("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    execute("postgres", "CHECKPOINT");
  }

  /** A connection that may do everything. */
  public Connection connect(String name) throws SQLException {
    DatabaseLogin root = postgres.superuser();
    return DriverManager.getConnection(
        postgres.jdbcUrl(name), root.user(), root.password().reveal());
  }

  /** Runs statements, each in a transaction of its own. */
  public void execute(String name, String... statements) throws SQLException {
    try (Connection connection = connect(name);
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  /** The number that a query answers. */
  public long number(String name, String query) throws SQLException {
    try (Connection connection = connect(name);
        Statement sql = connection.createStatement();
        var rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The texts that a query answers. */
  public List<String> texts(String name, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = connect(name);
        Statement sql = connection.createStatement();
        var rows = sql.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** The cluster. */
  public EmbeddedPostgres postgres() {
    return postgres;
  }
}

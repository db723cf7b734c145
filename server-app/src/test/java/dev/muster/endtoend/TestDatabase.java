package dev.muster.endtoend;

import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh database with the logins that production has, for one test class. */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final EmbeddedPostgres postgres;
  private final String name;

  private TestDatabase(EmbeddedPostgres postgres, String name) {
    this.postgres = postgres;
    this.name = name;
  }

  /** One in the PostgreSQL that all tests of the run share. */
  public static TestDatabase open() {
    return open(TestPostgres.shared());
  }

  static TestDatabase open(EmbeddedPostgres postgres) {
    TestDatabase made = new TestDatabase(postgres, "e2e_" + COUNT.incrementAndGet());
    made.execute(
        "postgres",
        "CREATE DATABASE %s OWNER %s".formatted(made.name, postgres.owner().user()),
        "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(made.name),
        "GRANT CONNECT ON DATABASE %s TO %s".formatted(made.name, postgres.server().user()),
        "ALTER DATABASE %s SET TimeZone = 'America/St_Johns'".formatted(made.name),
        "ALTER DATABASE %s SET synchronous_commit = off".formatted(made.name));
    return made;
  }

  /** How a server is told to use it. */
  public Map<String, String> environment() {
    return environment(postgres.jdbcUrl(name));
  }

  /** The same by another address. */
  Map<String, String> environment(String url) {
    return Map.of(
        "MUSTER_DB_URL",
        url,
        "MUSTER_DB_USER",
        postgres.server().user(),
        "MUSTER_DB_PASSWORD",
        postgres.server().password().reveal(),
        "MUSTER_DB_OWNER_USER",
        postgres.owner().user(),
        "MUSTER_DB_OWNER_PASSWORD",
        postgres.owner().password().reveal());
  }

  String name() {
    return name;
  }

  DatabaseLogin superuser() {
    return postgres.superuser();
  }

  /** Runs statements as the superuser. */
  public void run(String... statements) {
    execute(name, statements);
  }

  private void execute(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The first column of what a query finds, as the superuser sees it. */
  public List<String> texts(String query) {
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (found.next()) {
        texts.add(found.getString(1));
      }
      return texts;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** All rows of all tables, as text: what a dump holds. */
  List<String> everything() {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        try (ResultSet found = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
          while (found.next()) {
            rows.add(table + ": " + found.getString(1));
          }
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return rows;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname NOT LIKE 'pg_toast%'
            """)) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }

  private Connection connect(String database) throws SQLException {
    DatabaseLogin login = postgres.superuser();
    return DriverManager.getConnection(
        postgres.jdbcUrl(database), login.user(), login.password().reveal());
  }

  @Override
  public void close() {
    execute("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
  }
}

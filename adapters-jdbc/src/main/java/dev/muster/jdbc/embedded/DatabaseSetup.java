package dev.muster.jdbc.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Sees to it that Muster's database and logins exist; repeats harmlessly at every start. */
final class DatabaseSetup {
  private static final int TIMEOUT_SECONDS = 30;
  private static final String WRONG_PASSWORD = "28P01";

  private DatabaseSetup() {}

  static void apply(int port, Logins logins) {
    try (Connection connection = connect(port, logins.superuser());
        Statement statement = connection.createStatement()) {
      createLogin(statement, logins.owner(), "CREATEROLE");
      // The server works as the roles it is a member of and, by NOINHERIT, never as itself.
      createLogin(statement, logins.server(), "NOINHERIT");
      createDatabase(statement, logins.owner().user());
      limitAccess(statement, logins.server().user());
    } catch (SQLException failure) {
      throw new EmbeddedPostgresException(reason(failure), failure);
    }
  }

  private static Connection connect(int port, DatabaseLogin login) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setUrl(ClusterSettings.jdbcUrl(port, "postgres"));
    source.setConnectTimeout(TIMEOUT_SECONDS);
    source.setSocketTimeout(TIMEOUT_SECONDS);
    return source.getConnection(login.user(), login.password().reveal());
  }

  /** The password is hashed on this side, so it stands in no statement. */
  private static void createLogin(Statement statement, DatabaseLogin login, String attributes)
      throws SQLException {
    if (!exists(statement, "pg_roles WHERE rolname", login.user())) {
      statement.execute("CREATE ROLE %s LOGIN %s".formatted(login.user(), attributes));
    }
    statement
        .getConnection()
        .unwrap(PGConnection.class)
        .alterUserPassword(login.user(), login.password().reveal().toCharArray(), "scram-sha-256");
  }

  private static void createDatabase(Statement statement, String owner) throws SQLException {
    String database = EmbeddedPostgres.DATABASE;
    if (!exists(statement, "pg_database WHERE datname", database)) {
      statement.execute("CREATE DATABASE %s OWNER %s".formatted(database, owner));
    }
  }

  private static void limitAccess(Statement statement, String server) throws SQLException {
    String database = EmbeddedPostgres.DATABASE;
    statement.execute("REVOKE ALL ON DATABASE %s, postgres FROM PUBLIC".formatted(database));
    statement.execute("GRANT CONNECT ON DATABASE %s TO %s".formatted(database, server));
  }

  /** Names are this package's own constants. */
  private static boolean exists(Statement statement, String where, String name)
      throws SQLException {
    try (var rows = statement.executeQuery("SELECT 1 FROM %s = '%s'".formatted(where, name))) {
      return rows.next();
    }
  }

  private static String reason(SQLException failure) {
    return WRONG_PASSWORD.equals(failure.getSQLState())
        ? "superuser.password is not the one that the embedded data was made with; restore it"
        : "the embedded PostgreSQL cannot be set up: "
            + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}

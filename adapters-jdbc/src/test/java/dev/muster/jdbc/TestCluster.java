package dev.muster.jdbc;

import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

/** The one PostgreSQL of a test run, started when it is first needed, stopped with the JVM. */
final class TestCluster {
  private static final Path BINARIES = Path.of("target", "postgres").toAbsolutePath();

  private TestCluster() {}

  static EmbeddedPostgres postgres() {
    return Holder.POSTGRES;
  }

  /** Runs statements as the cluster's superuser. */
  static void administer(String database, String... statements) {
    DatabaseLogin superuser = postgres().superuser();
    try (Connection connection =
            DriverManager.getConnection(
                postgres().jdbcUrl(database), superuser.user(), superuser.password().reveal());
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static EmbeddedPostgres start() {
    try {
      Path folder = Files.createTempDirectory(BINARIES.getParent(), "test-postgres");
      // PostgreSQL runs as another user where the tests run as root.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, BINARIES);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, folder)));
      return postgres;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void stop(EmbeddedPostgres postgres, Path folder) {
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Holder {
    static final EmbeddedPostgres POSTGRES = start();
  }
}

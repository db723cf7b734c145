package dev.muster.endtoend;

import dev.muster.jdbc.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The one PostgreSQL of a run, started when it is first needed, stopped with the JVM. */
final class TestPostgres {
  private static final Path BINARIES = Path.of("target", "postgres").toAbsolutePath();

  private TestPostgres() {}

  static EmbeddedPostgres shared() {
    return Holder.POSTGRES;
  }

  /** Where the shared one keeps everything. */
  static Path sharedFolder() {
    return Holder.FOLDER;
  }

  /** One that a test may stop; its own to close. */
  static EmbeddedPostgres in(Path folder) {
    return EmbeddedPostgres.start(folder, BINARIES);
  }

  private static Path makeFolder() {
    try {
      Path folder = Files.createTempDirectory("muster-e2e-postgres");
      // PostgreSQL runs as another user where the tests run as root.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static EmbeddedPostgres start(Path folder) {
    EmbeddedPostgres postgres = in(folder);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              postgres.close();
              Folders.remove(folder);
            }));
    return postgres;
  }

  private static final class Holder {
    static final Path FOLDER = makeFolder();
    static final EmbeddedPostgres POSTGRES = start(FOLDER);
  }
}

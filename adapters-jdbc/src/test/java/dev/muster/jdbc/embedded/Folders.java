package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the tests keep things. */
final class Folders {
  /** Unpacked once for all runs; {@code mvn clean} forgets it. */
  static final Path BINARIES = Path.of("target", "postgres").toAbsolutePath();

  private Folders() {}

  /** JUnit's folders are their owner's alone; an operator's are usually not. */
  static Path open(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static long postmaster(Path folder) throws IOException {
    return Long.parseLong(
        Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip());
  }

  static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

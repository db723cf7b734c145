package dev.muster.outside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one run. Those of earlier runs are removed when a new one begins, so that their
 * logs can still be read.
 */
public final class Workshop implements AutoCloseable {
  private final Path folder;

  private Workshop(Path folder) {
    this.folder = folder;
  }

  /** The folder of a new run below {@code parent}. */
  public static Workshop below(Path parent) throws IOException {
    Files.createDirectories(parent);
    try (Stream<Path> earlier = Files.list(parent)) {
      earlier.filter(run -> !isAlive(run)).forEach(Workshop::remove);
    }
    Path folder = parent.resolve("run-" + ProcessHandle.current().pid()).toAbsolutePath();
    Files.createDirectories(folder);
    return new Workshop(folder);
  }

  private static boolean isAlive(Path run) {
    String pid = run.getFileName().toString().replaceFirst("^run-", "");
    return pid.chars().allMatch(Character::isDigit)
        && !pid.isEmpty()
        && ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  /** A file or folder in it. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes a file that only its owner may read. */
  public Path secretFile(String name, String content) throws IOException {
    Path file = file(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, content);
  }

  /** All files below, as long as they are there. */
  public List<Path> filesBelow(String name) {
    try (Stream<Path> files = Files.walk(file(name))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static void remove(Path run) {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    // The folder stays for whoever wants to read the logs; the next run removes it.
  }
}

package dev.muster.agent.update;

import dev.muster.agent.disk.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** {@link Disk} as it is: temporary file, fsync, rename, fsync of the folder. */
final class DurableDisk implements Disk {
  @Override
  public void write(Path file, String content) throws IOException {
    WholeFile.write(file, temporary(file), content.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    WholeFile.move(from, to);
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    Path temporary = temporary(name);
    Files.deleteIfExists(temporary);
    Files.createLink(temporary, existing);
    try {
      WholeFile.move(temporary, name);
    } finally {
      // A rename between two names of one file leaves both.
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void remove(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      WholeFile.force(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }
  }

  /** Makes an empty file that only its owner can read. */
  static void create(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, WholeFile.OWNER_ONLY);
  }

  private static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }
}

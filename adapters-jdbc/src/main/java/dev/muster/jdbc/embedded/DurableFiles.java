package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that are there whole or not at all, also after a power failure. */
final class DurableFiles {
  private DurableFiles() {}

  /**
   * Creates the folder and its parents where missing; an existing one keeps its mode. Others may
   * pass through a new one, because under root PostgreSQL runs as one of them. One in which
   * everybody can put files is refused: programs are run and passwords are read from it.
   */
  static Path createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    } else if (Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new EmbeddedPostgresException(
          folder + " can be written by everyone; run: chmod o-w " + folder);
    }
    return folder;
  }

  /**
   * Writes the file with exactly this mode, which it has from its first byte on.
   *
   * @param mode as in {@code rw-------}
   */
  static void write(Path file, String text, String mode) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    var permissions = PosixFilePermissions.fromString(mode);
    Files.createFile(temporary, PosixFilePermissions.asFileAttribute(permissions));
    Files.setPosixFilePermissions(temporary, permissions);
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    moveIntoPlace(temporary, file);
  }

  /** Renames and makes the rename last. */
  static void moveIntoPlace(Path temporary, Path place) throws IOException {
    Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
    Path folder = place.getParent();
    if (folder != null) {
      sync(folder);
    }
  }

  /** Flushes a file or a folder to the disk. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Deletes a folder with all below it, following no links; a missing one is no error. */
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(folder)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}

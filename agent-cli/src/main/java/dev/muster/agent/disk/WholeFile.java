package dev.muster.agent.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * Writes files that only their owner can read, so that a crash leaves the old one or the new one.
 */
public final class WholeFile {
  /** Mode 0600. */
  public static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private WholeFile() {}

  /** Replaces a file's content; on disk when this returns. */
  public static void write(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    write(target, target.resolveSibling("." + target.getFileName() + ".new"), content);
  }

  /**
   * The same.
   *
   * @param temporary in the same folder; gone when this returns or fails
   */
  public static void write(Path file, Path temporary, byte[] content) throws IOException {
    Files.deleteIfExists(temporary);
    try {
      writeThrough(temporary, content);
      if (!Arrays.equals(Files.readAllBytes(temporary), content)) {
        throw new IOException("what was written to " + temporary + " reads differently");
      }
      move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Puts a file in another's place; on disk when this returns. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    force(Objects.requireNonNull(to.toAbsolutePath().getParent()));
  }

  /** Has a file, or what a folder lists, on disk. */
  public static void force(Path fileOrFolder) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrFolder)) {
      channel.force(true);
    }
  }

  private static void writeThrough(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}

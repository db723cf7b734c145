package dev.muster.inline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the sandbox puts what its JVMs need: a folder of this process below the temporary one, that
 * nobody else may open, with one for each script. A lock in it says that its process lives; what
 * killed servers left is removed by the next one to start. Thread-safe.
 */
final class ScriptFolders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptFolders.class);
  private static final String PREFIX = "muster-inline-";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel channel;

  private ScriptFolders(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static ScriptFolders make() throws IOException {
    return make(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static ScriptFolders make(Path below) throws IOException {
    removeLeftovers(below);
    Path folder = Files.createTempDirectory(below, PREFIX);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      throw new IOException("a folder that was just made is locked");
    }
    return new ScriptFolders(folder, channel);
  }

  private static void removeLeftovers(Path below) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(below, PREFIX + "*")) {
      for (Path each : all) {
        if (isOurs(each) && isDeserted(each)) {
          remove(each);
        }
      }
    }
  }

  private static boolean isOurs(Path folder) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
            .getName()
            .equals(System.getProperty("user.name"));
  }

  /** One without a lock is just being made. */
  private static boolean isDeserted(Path folder) {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        @Nullable FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | RuntimeException notThere) {
      return false;
    }
  }

  /** A new folder for one script, which is removed when it is closed. */
  Place place() throws IOException {
    return new Place(Files.createTempDirectory(folder, "script-"));
  }

  /** A folder for one script. */
  record Place(Path path) implements AutoCloseable {
    @Override
    public void close() {
      remove(path);
    }
  }

  @Override
  public void close() {
    remove(folder);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("event=inline_folder_failed cause={}", e.toString());
    }
  }

  private static void remove(Path folder) {
    try {
      Files.walkFileTree(folder, new Removal());
    } catch (IOException e) {
      LOG.warn("event=inline_folder_left folder={} cause={}", folder, e.toString());
    }
  }

  /** Removes everything; follows no link. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}

package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that a live server owns a folder. The operating system drops it when that server dies, in
 * whatever way, which no file with a process id in it would do.
 */
final class FolderLock implements AutoCloseable {
  /**
   * POSIX drops all of a process's locks on a file when any descriptor of it is closed, so a second
   * attempt within this JVM must not even open the file.
   */
  private static final Set<Path> OWNED_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock or refuses at once.
   *
   * @throws EmbeddedPostgresException when another owner lives
   */
  static FolderLock take(Path folder) throws IOException {
    long here = ProcessHandle.current().pid();
    if (!OWNED_HERE.add(folder)) {
      throw taken(folder, Long.toString(here));
    }
    try {
      return new FolderLock(folder, lockedChannel(folder, here));
    } catch (IOException | RuntimeException failure) {
      OWNED_HERE.remove(folder);
      throw failure;
    }
  }

  private static FileChannel lockedChannel(Path folder, long owner) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("muster.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw taken(folder, ownerIn(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(owner).getBytes(StandardCharsets.UTF_8)), 0);
      return channel;
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private static String ownerIn(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    return text.matches("\\d+") ? text : "unknown";
  }

  private static EmbeddedPostgresException taken(Path folder, String owner) {
    return new EmbeddedPostgresException(
        folder + " is in use by another Muster server (process " + owner + "); stop it first");
  }

  /** Gives the folder up; the file stays, because deleting it would race with the next owner. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new EmbeddedPostgresException(
          "cannot release " + folder + ": " + Reason.of(failure), failure);
    } finally {
      OWNED_HERE.remove(folder);
    }
  }
}

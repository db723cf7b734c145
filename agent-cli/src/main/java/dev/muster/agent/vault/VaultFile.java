package dev.muster.agent.vault;

import dev.muster.agent.disk.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The vault on disk. Read only when nobody else can, written so that a crash at any moment leaves
 * the old file or the new one. Safe for use by many threads and processes.
 */
final class VaultFile {
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final Path path;
  private final int owner;

  /** What tells one content of the file from the next without reading it. */
  record Stamp(Map<String, Object> attributes) {
    private int number(String name) {
      return (int) Objects.requireNonNull(attributes.get(name));
    }
  }

  /** A change to the document. */
  interface Change {
    /** Changes it in place. */
    void apply(VaultDocument document) throws VaultRefusedException;
  }

  /** The file of the user with that numeric id. */
  VaultFile(Path path, int owner) {
    this.path = path;
    this.owner = owner;
  }

  /** The numeric id of the user that this program runs as. */
  static int currentUser() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /** The file's state; empty if there is none. */
  Optional<Stamp> stamp() throws IOException {
    try {
      return Optional.of(
          new Stamp(Files.readAttributes(path, "unix:ino,lastModifiedTime,ctime,size,mode,uid")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Reads the vault; empty if there is no file. */
  VaultDocument read() throws IOException, VaultRefusedException {
    Optional<Stamp> stamp = stamp();
    if (stamp.isEmpty()) {
      return VaultDocument.empty();
    }
    refuseOthers(stamp.get());
    byte[] text;
    try (InputStream in = Files.newInputStream(path)) {
      text = in.readNBytes(MOST_BYTES + 1);
    }
    if (text.length > MOST_BYTES) {
      throw new VaultRefusedException(path + " is larger than " + MOST_BYTES + " bytes");
    }
    return VaultDocument.parse(text);
  }

  /** Changes the vault; two changes at a time wait for each other. */
  void change(Change change) throws IOException, VaultRefusedException {
    makeFolder(path.toAbsolutePath().resolveSibling("").normalize());
    Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                WholeFile.OWNER_ONLY);
        FileLock lock = channel.lock()) {
      VaultDocument document = read();
      document.entries();
      change.apply(document);
      document.entries();
      if (lock.isValid()) {
        write(document.text());
      }
    }
  }

  /** A secret may be stored before the agent has ever run. */
  private static void makeFolder(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private void write(byte[] text) throws IOException, VaultRefusedException {
    if (text.length > MOST_BYTES) {
      throw new VaultRefusedException("the vault would be larger than " + MOST_BYTES + " bytes");
    }
    // A link stays a link: what it points to is replaced.
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    WholeFile.write(target, text);
  }

  private void refuseOthers(Stamp stamp) throws IOException, VaultRefusedException {
    int mode = stamp.number("mode") & 0777;
    if ((mode & ~0600) != 0) {
      throw new VaultRefusedException(
          path + " has mode 0" + Integer.toOctalString(mode) + "; run: chmod 600 " + path);
    }
    if (stamp.number("uid") != owner) {
      throw new VaultRefusedException(
          path + " belongs to another user; run: chown " + owner + " " + path);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}

package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Writes what PostgreSQL needs at run time out of a {@code .txz}, readable for any user. */
final class Unpacking {
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final int OWNER_MAY_EXECUTE = 0100;

  private final Path target;

  private Unpacking(Path target) {
    this.target = target;
  }

  /** Unpacks into {@code target}, which must not exist, and flushes all of it to the disk. */
  static void unpack(InputStream archive, Path target) throws IOException {
    var unpacking = new Unpacking(target);
    unpacking.makeFolder(target);
    var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive));
    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (isNeeded(entry.getName())) {
        unpacking.write(entry, tar);
      }
    }
    unpacking.syncFolders();
  }

  /** Headers and static libraries are for those who compile against PostgreSQL. */
  private static boolean isNeeded(String name) {
    String path = name.startsWith("./") ? name.substring(2) : name;
    return !path.startsWith("include/") && !path.endsWith(".a");
  }

  private void write(TarArchiveEntry entry, InputStream content) throws IOException {
    Path place = inside(target.resolve(entry.getName()));
    if (entry.isDirectory()) {
      makeFolder(place);
      return;
    }
    Path folder = place.getParent();
    if (folder != null) {
      makeFolder(folder);
    }
    if (entry.isSymbolicLink()) {
      inside(place.resolveSibling(entry.getLinkName()));
      Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      writeFile(place, content, (entry.getMode() & OWNER_MAY_EXECUTE) != 0);
    }
  }

  private Path inside(Path path) throws IOException {
    Path place = path.normalize();
    if (!place.startsWith(target)) {
      throw new IOException("the archive points outside of itself: " + path);
    }
    return place;
  }

  /** Opens the folder up against any umask: PostgreSQL may run as another user than this JVM. */
  private void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.getParent();
      if (parent != null && parent.startsWith(target)) {
        makeFolder(parent);
      }
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PROGRAM);
    }
  }

  private void syncFolders() throws IOException {
    try (Stream<Path> tree = Files.walk(target)) {
      for (Path folder : tree.filter(Files::isDirectory).toList()) {
        DurableFiles.sync(folder);
      }
    }
  }

  private static void writeFile(Path place, InputStream content, boolean program)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      var source = Channels.newChannel(content);
      while (source.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        buffer.clear();
      }
      channel.force(true);
    }
    Files.setPosixFilePermissions(place, program ? PROGRAM : READABLE);
  }
}

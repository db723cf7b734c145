package dev.muster.server.configuration;

import dev.muster.domain.credential.MasterKeys;
import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The master key of a server with an embedded database: {@code master.key}, mode 0600, beside the
 * data. It is made once, before there is any data; a key that is lost later is never replaced,
 * since what the lost one sealed would stay shut, and the loss go unnoticed.
 */
public final class MasterKeyFile {
  private static final String NAME = "master.key";
  private static final int MOST_BYTES = 64 * 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private MasterKeyFile() {}

  /** How the reading ended. */
  public sealed interface Outcome {
    /** The keys, read or just made. */
    record Kept(MasterKeys keys) implements Outcome {}

    /** The file is not to be used; why, and what to do. */
    record Refused(Problem problem) implements Outcome {}
  }

  /**
   * Reads the keys beside the data, or makes one where there is no data yet. To be called before
   * the embedded database is started on the folder. Servers that do so at once agree on one key.
   *
   * @param folder the folder of the embedded database; made if missing
   */
  public static Outcome keptIn(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        if (Files.exists(folder.resolve("data"))) {
          return refused(file, "is missing, but there is data that it sealed; restore it");
        }
        make(folder, file);
      }
      return read(file);
    } catch (FileAlreadyExistsException taken) {
      return refused(folder, "is not a folder");
    } catch (IOException failure) {
      return refused(file, SmallFile.reason(failure));
    }
  }

  private static Outcome read(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      return refused(file, "can be read by others than its owner; chmod 600 it");
    }
    try {
      Secret text = Secret.of(SmallFile.read(file, MOST_BYTES).strip());
      return new Outcome.Kept(MasterKeys.parse(text));
    } catch (IllegalArgumentException wrong) {
      return refused(file, String.valueOf(wrong.getMessage()));
    }
  }

  private static Outcome refused(Path file, String message) {
    return new Outcome.Refused(new Problem(file.toString(), message));
  }

  private static void make(Path folder, Path file) throws IOException {
    createFolder(folder);
    Path temporary =
        Files.createTempFile(
            folder, "." + NAME, ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      write(temporary, new MasterKeyRandomness().nextHex());
      // A link, unlike a rename, leaves a key alone that another server made meanwhile.
      Files.createLink(file, temporary);
      sync(folder);
    } catch (FileAlreadyExistsException othersWasFirst) {
      sync(folder);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Others may pass through: under root the database runs as one of them. */
  private static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

package dev.muster.agent.enrolment;

import dev.muster.agent.disk.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A small file of mode 0600, whole at any moment: the old content or the new one. */
final class PrivateFile {
  private static final int MOST_BYTES = 64 * 1024;

  private final Path path;

  PrivateFile(Path path) {
    this.path = path;
  }

  /** The content; empty if there is no file. */
  Optional<String> read() throws IOException, StateRefusedException {
    try {
      refuseOthers(path, 0600);
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new StateRefusedException(path + " is larger than " + MOST_BYTES + " bytes");
      }
      return Optional.of(new String(content, StandardCharsets.UTF_8));
    }
  }

  /** Replaces the content; on disk when this returns. */
  void write(String content) throws IOException {
    WholeFile.write(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Removes the file, if it is there. */
  void delete() throws IOException {
    if (Files.deleteIfExists(path)) {
      WholeFile.force(Objects.requireNonNull(path.toAbsolutePath().getParent()));
    }
  }

  /** Refuses what others may read or write, or what belongs to somebody else. */
  static void refuseOthers(Path path, int allowed) throws IOException, StateRefusedException {
    Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,uid");
    int mode = (int) Objects.requireNonNull(attributes.get("mode")) & 0777;
    if ((mode & ~allowed) != 0) {
      throw new StateRefusedException(
          path
              + " has mode 0"
              + Integer.toOctalString(mode)
              + ": run chmod "
              + Integer.toOctalString(allowed)
              + " "
              + path);
    }
    Object own = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (!own.equals(attributes.get("uid"))) {
      throw new StateRefusedException(
          path + " belongs to another user: run chown " + own + " " + path);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}

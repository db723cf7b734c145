package dev.muster.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/** The folder of one test class, and everything that has to end with it. Thread-safe. */
final class Workshop implements AutoCloseable {
  private final Path folder;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  Workshop() {
    try {
      this.folder = Files.createTempDirectory("muster-e2e");
      // PostgreSQL runs as another user where the tests run as root.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Closes it with the workshop, before what was opened earlier. */
  synchronized <T extends AutoCloseable> T later(T resource) {
    opened.push(resource);
    return resource;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String content) throws IOException {
    Path file = file(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** Writes a program of the test's own. */
  Path script(String name, String text) throws IOException {
    Path file = write(name, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  /** A folder that nobody else may enter. */
  Path privateFolder(String name) throws IOException {
    return Files.createDirectories(
        file(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Override
  public synchronized void close() throws Exception {
    Exception first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        first = first == null ? failure : first;
      }
    }
    endWhatIsLeft();
    Folders.remove(folder);
    if (first != null) {
      throw first;
    }
  }

  /** Tools of a test that failed: whoever was to end them has ended. */
  private void endWhatIsLeft() throws IOException {
    for (long pid : Processes.with(folder.toString())) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}

package dev.muster.agent.disk;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file system of a few kilobytes, of the kernel's own. Only root makes one, and not in every
 * container: where that is refused the test is skipped, under CI too.
 */
public final class SmallDisk implements AutoCloseable {
  /** In what the kernel gives at a time. */
  public static final int PAGE = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Makes one of so many pages. */
  public static SmallDisk of(Path folder, int pages) throws Exception {
    Files.createDirectories(folder);
    String options = "size=%d,mode=0700".formatted((long) pages * PAGE);
    int code = run("mount", "-t", "tmpfs", "-o", options, "muster-test", folder.toString());
    return code == 0 ? new SmallDisk(folder) : abort("a small file system cannot be mounted here");
  }

  public Path folder() {
    return folder;
  }

  /** Takes all the room that there is, but for so many pages. */
  public void fill(int pagesLeft) throws IOException {
    free();
    Path rest = folder.resolve("ballast");
    long room = Files.getFileStore(folder).getUsableSpace() - (long) pagesLeft * PAGE;
    try (OutputStream out = Files.newOutputStream(rest, StandardOpenOption.CREATE_NEW)) {
      for (long written = 0; written < room; written += PAGE) {
        out.write(new byte[PAGE]);
      }
    }
  }

  /** Gives the room back. */
  public void free() throws IOException {
    Files.deleteIfExists(folder.resolve("ballast"));
  }

  @Override
  public void close() throws Exception {
    run("umount", "-l", folder.toString());
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException missing) {
      return -1;
    }
  }
}

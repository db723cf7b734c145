package dev.muster.agent.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;

/** Says what is wrong with a disk. Only in words of the system's: other texts may hold anything. */
public final class DiskFailure {
  private static final List<String> WORDS =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Read-only file system",
          "Input/output error",
          "Too many open files",
          "Stale file handle");

  private DiskFailure() {}

  /** What the system says is wrong; empty where it is something else. */
  public static Optional<String> reason(IOException failure) {
    String said =
        failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
    return said == null ? Optional.empty() : WORDS.stream().filter(said::contains).findFirst();
  }

  /** That, or else the kind of the failure. */
  public static String describe(IOException failure) {
    return reason(failure).orElseGet(() -> failure.getClass().getSimpleName());
  }
}

package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The process that {@code postmaster.pid} names, and whether it is the one of this data. */
record Postmaster(Path data) {
  private enum Identity {
    OURS,
    FOREIGN,
    UNKNOWN
  }

  /** Whether a PostgreSQL works on this data now. */
  boolean isRunning() throws IOException {
    return pid().filter(pid -> identity(pid) == Identity.OURS).isPresent();
  }

  /**
   * Removes a process id that now belongs to somebody else's process: PostgreSQL would take that
   * one for a running server. Where it cannot be told, PostgreSQL's own checks decide.
   */
  void forgetForeignProcess() throws IOException {
    if (pid().filter(pid -> identity(pid) == Identity.FOREIGN).isPresent()) {
      Files.deleteIfExists(pidFile());
    }
  }

  private Optional<Long> pid() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    return Files.readString(pidFile())
        .lines()
        .findFirst()
        .filter(line -> line.matches("\\d{1,10}"))
        .map(Long::valueOf);
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
  }

  private Identity identity(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    if (worksIn(process)) {
      return Identity.OURS;
    }
    try {
      String arguments = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      String ours =
          new String(argument().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      return arguments.contains(ours) ? Identity.OURS : Identity.FOREIGN;
    } catch (IOException unreadable) {
      return Identity.UNKNOWN;
    }
  }

  private String argument() {
    return "\0-D\0" + data + "\0";
  }

  /** PostgreSQL's working directory is its data; in some containers root may not look. */
  private boolean worksIn(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(data);
    } catch (IOException hidden) {
      return false;
    }
  }
}

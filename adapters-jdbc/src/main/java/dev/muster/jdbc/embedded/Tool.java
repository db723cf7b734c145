package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end, as a given user, within a deadline. */
record Tool(RunAs user, Path directory, Duration deadline) {
  private static final int MOST_OUTPUT = 64 * 1024;
  private static final String SYSTEM_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /**
   * How a command ended.
   *
   * @param output the beginning of what it wrote to either stream
   */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /**
   * Runs it and waits.
   *
   * @throws EmbeddedPostgresException when it does not end in time, or the thread is interrupted;
   *     the command is killed then
   */
  Outcome run(List<String> command) throws IOException {
    // A file, because a pipe would stay open for as long as the daemon that pg_ctl leaves behind.
    Path output = Files.createTempFile("muster-postgres-", ".out");
    try {
      Process process = processFor(command, output).start();
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw new EmbeddedPostgresException(
            "%s did not end within %d s".formatted(command.getFirst(), deadline.toSeconds()));
      }
      return new Outcome(process.exitValue(), beginningOf(output));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("interrupted while running " + command.getFirst());
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private ProcessBuilder processFor(List<String> command, Path output) {
    List<String> line = new ArrayList<>(user.prefix());
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // PostgreSQL must not inherit the server's secrets, which may stand in its environment.
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(Map.of("PATH", SYSTEM_PATH, "LC_ALL", "C", "TZ", "UTC"));
    return builder;
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String beginningOf(Path output) throws IOException {
    try (var stream = Files.newInputStream(output)) {
      return new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
    }
  }
}

package dev.muster.jdbc.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM that owns an embedded PostgreSQL until it is killed. */
record ServerProcess(Process process, String firstLine) implements AutoCloseable {
  static ServerProcess start(Path folder, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ServerProcess.class.getName(),
            folder.toString(),
            Folders.BINARIES.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    return new ServerProcess(process, String.valueOf(lines.readLine()));
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends its standard input, at which it stops its PostgreSQL and ends. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }

  /** Prints the port or the reason, then waits for the end of its standard input. */
  static void main(String[] arguments) throws IOException {
    try (var postgres = EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]))) {
      System.out.println(postgres.port());
      System.in.readAllBytes();
    } catch (EmbeddedPostgresException refused) {
      System.out.println(refused.getMessage());
    }
  }
}

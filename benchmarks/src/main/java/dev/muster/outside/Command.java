package dev.muster.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of somebody else's that is run to its end. */
public final class Command {
  private static final int SHOWN_LINES = 6;

  private Command() {}

  /**
   * What a program writes to its standard output.
   *
   * @param folder where it runs
   * @param log where its output is kept
   * @throws UnexpectedException when it fails, is missing, or takes longer than {@code longest}
   */
  public static List<String> output(
      Path folder,
      List<String> command,
      Map<String, String> environment,
      Path log,
      Duration longest)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    Path errors = log.resolveSibling(log.getFileName() + ".err");
    builder.redirectError(errors.toFile()).redirectOutput(log.toFile());
    Process process = start(builder, command.getFirst());
    try {
      if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
        throw new UnexpectedException(command.getFirst() + " takes too long");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new UnexpectedException(
          "%s ended with %d: %s".formatted(command.getFirst(), process.exitValue(), end(errors)));
    }
    return Files.readAllLines(log);
  }

  private static Process start(ProcessBuilder builder, String program) {
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new UnexpectedException(program + " cannot be started: " + missing.getMessage());
    }
  }

  private static String end(Path errors) throws IOException {
    List<String> lines = Files.readAllLines(errors);
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }
}

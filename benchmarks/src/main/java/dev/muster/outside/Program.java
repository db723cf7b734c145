package dev.muster.outside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of Muster's programs, started as an operator would, and stopped with this one. */
public final class Program implements AutoCloseable {
  private static final long STOPPING_SECONDS = 30;

  private final String name;
  private final Process process;
  private final Path log;

  private Program(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    // Ctrl-C ends this program by its hooks alone.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** Starts a jar. */
  public static Program start(
      String name, Path jar, List<String> arguments, Map<String, String> environment, Path log)
      throws IOException {
    return start(name, command(jar, arguments), environment, log);
  }

  /** Starts a class of this program's own class path. */
  public static Program start(
      String name,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(java(), "-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return start(name, command, environment, log);
  }

  private static Program start(
      String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Program(name, builder.start(), log);
  }

  /** Runs a command to its end, with a line on its standard input. */
  public static void call(
      Path jar, List<String> arguments, Map<String, String> environment, String input, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(jar, arguments));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    try (var stdin = process.outputWriter()) {
      stdin.write(input);
    }
    if (process.waitFor() != 0) {
      throw new UnexpectedException(
          "%s ended with %d; see %s".formatted(arguments, process.exitValue(), log));
    }
  }

  private static List<String> command(Path jar, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java(), "-jar", jar.toString()));
    command.addAll(arguments);
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** SIGKILL; returns when it has ended. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Sends it a signal by its name, such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + pid()).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new UnexpectedException("SIG%s cannot be sent to the %s".formatted(name, this.name));
    }
  }

  /** Fails where it has ended by itself. */
  public void mustBeAlive() {
    if (!process.isAlive()) {
      throw new UnexpectedException(
          "the %s ended with %d; see %s".formatted(name, process.exitValue(), log));
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

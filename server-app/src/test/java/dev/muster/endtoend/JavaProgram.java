package dev.muster.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the jars as a process, with a log file that further starts append to. */
final class JavaProgram implements AutoCloseable {
  private static final long STOPPING_SECONDS = 60;
  private static final int TAIL = 4000;

  private final Path jar;
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final Path log;
  private final Process process;
  private final Thread hook;

  private JavaProgram(
      Path jar,
      List<String> arguments,
      Map<String, String> environment,
      Path log,
      Process process) {
    this.jar = jar;
    this.arguments = arguments;
    this.environment = environment;
    this.log = log;
    this.process = process;
    this.hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static Path serverJar() {
    return Path.of(System.getProperty("muster.server.jar", "target/muster-server.jar"));
  }

  static Path agentJar() {
    return Path.of(System.getProperty("muster.agent.jar", "../agent-cli/target/muster-agent.jar"));
  }

  static JavaProgram start(
      Path jar, List<String> arguments, Map<String, String> environment, Path log)
      throws IOException {
    return start(jar, arguments, environment, log, "");
  }

  static JavaProgram start(
      Path jar, List<String> arguments, Map<String, String> environment, Path log, String input)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(jar, arguments));
    // Nothing of the tests' own surroundings decides how a program behaves.
    builder
        .environment()
        .keySet()
        .removeIf(name -> !List.of("PATH", "HOME", "LANG").contains(name));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return new JavaProgram(jar, arguments, environment, log, process);
  }

  /** The quick compiler only: these processes live for seconds. */
  private static List<String> command(Path jar, List<String> arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(
            List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
    command.add(jar.toAbsolutePath().normalize().toString());
    command.addAll(arguments);
    return command;
  }

  /** The same once more; this one must have ended. */
  JavaProgram again() throws IOException {
    return start(jar, arguments, environment, log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Everything that it and its earlier lives printed. */
  String log() {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String tail() {
    String all = log();
    return all.substring(Math.max(0, all.length() - TAIL));
  }

  /** Waits until it ends by itself; answers its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(jar.getFileName() + " did not end: " + tail());
    }
    return process.exitValue();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; answers the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  /** SIGSTOP: as if its host had hung. */
  void pause() throws Exception {
    signal("-STOP");
  }

  /** SIGCONT. */
  void resume() throws Exception {
    signal("-CONT");
  }

  private void signal(String signal) throws Exception {
    int code = new ProcessBuilder("kill", signal, "" + pid()).inheritIO().start().waitFor();
    if (code != 0) {
      throw new AssertionError("kill " + signal + " ended with " + code);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      process.destroy();
      if (!process.waitFor(STOPPING_SECONDS / 2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The JVM is ending: the hook runs, and finds nothing to do.
    }
  }
}

package dev.muster.agent.command;

import dev.muster.agent.Main;
import dev.muster.agent.process.RealGroup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The agent's program, within the test's process or as one of its own. */
final class Program {
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path folder;

  Program(Path folder) {
    this.folder = folder;
    with("MUSTER_STATE", folder.resolve("state").toString());
    with("AGENT_NAME", "a1");
    with("PATH", "/usr/bin:/bin");
  }

  Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs a command; answers its exit code. */
  int execute(String... arguments) {
    return MusterAgent.execute(
        arguments,
        environment,
        new ByteArrayInputStream(new byte[0]),
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** Starts {@code run} as a process of its own. */
  Running start() throws IOException {
    return start("-cp", System.getProperty("java.class.path"), Main.class.getName(), "run");
  }

  /** The same, as a member of that control group from its beginning. */
  Running startIn(RealGroup group) throws IOException {
    return launch(
        group.entering(
            java("-cp", System.getProperty("java.class.path"), Main.class.getName(), "run")));
  }

  /** Starts Java with these arguments. */
  Running start(String... arguments) throws IOException {
    return launch(java(arguments));
  }

  private static String[] java(String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:TieredStopAtLevel=1");
    line.addAll(List.of(arguments));
    return line.toArray(String[]::new);
  }

  private Running launch(String... line) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    Path log = folder.resolve("log");
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Running(builder.start(), log);
  }

  /** A process of the agent's; closing it kills it. */
  record Running(Process process, Path file) implements AutoCloseable {
    String log() {
      try {
        return Files.readString(file);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}

package dev.muster.agent.process;

import dev.muster.agent.redaction.ByteSink;
import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A running program with all that it starts. Safe for use by many threads. */
public final class ToolProcess {
  private static final int PIECE = 8_192;

  /** How long output is waited for once no process is left that could write any. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  private final Process process;
  private final ProcessFamily family;
  private final Optional<ControlGroup> group;
  private final List<Thread> readers;

  private ToolProcess(
      Process process, ProcessFamily family, Optional<ControlGroup> group, List<Thread> readers) {
    this.process = process;
    this.family = family;
    this.group = group;
    this.readers = readers;
  }

  /**
   * Starts a program. Its output is read from the beginning and to the end, whatever the sinks do
   * with it, so that it never waits for a reader.
   *
   * @param groups where it gets one of its own, if there are any
   * @throws IOException if it cannot be started
   */
  public static ToolProcess start(
      ToolCommand command, JobGroups groups, ByteSink stdout, ByteSink stderr) throws IOException {
    Optional<ControlGroup> group = groups.make(command.mark());
    try {
      return start(command, group, stdout, stderr);
    } catch (IOException | RuntimeException notStarted) {
      group.ifPresent(ControlGroup::remove);
      throw notStarted;
    }
  }

  private static ToolProcess start(
      ToolCommand command, Optional<ControlGroup> group, ByteSink stdout, ByteSink stderr)
      throws IOException {
    Starting starting = Starting.of(command, group);
    ProcessBuilder builder = new ProcessBuilder(starting.line());
    builder.directory(command.folder().toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    command.environment().forEach((name, value) -> environment.put(name, value.reveal()));
    environment.put(ProcessMark.VARIABLE, command.mark().toString());
    if (command.input().isEmpty()) {
      builder.redirectInput(Path.of("/dev/null").toFile());
    }
    Process process = builder.start();
    if (!starting.joins()) {
      group.ifPresent(each -> each.take(process.pid()));
    }
    command.input().ifPresent(input -> daemon("input", () -> write(process, input)));
    // Platform threads: these reads block in the kernel and would each hold a carrier thread.
    List<Thread> readers =
        List.of(
            daemon("stdout", () -> drain(process.getInputStream(), stdout)),
            daemon("stderr", () -> drain(process.getErrorStream(), stderr)));
    return new ToolProcess(
        process, ProcessFamily.of(command.mark(), process.pid(), group), group, readers);
  }

  /** Completes when the program itself has ended; what it started may still run. */
  public CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Ends the program and everything that it started, and waits for the rest of the output.
   *
   * @param grace between asking and killing
   * @return the ids of those that could not be killed
   */
  public Set<Long> stop(Duration grace) {
    Set<Long> left = family.stop(grace);
    group.ifPresent(ControlGroup::remove);
    boolean interrupted = Thread.interrupted();
    try {
      for (Thread reader : readers) {
        if (!reader.join(DRAIN_LIMIT)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return left;
  }

  private static Thread daemon(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name("tool-" + name).start(work);
  }

  private static void write(Process process, Secret input) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.bytes());
    } catch (IOException notRead) {
      // The program need not read its input.
    }
  }

  private static void drain(InputStream in, ByteSink sink) {
    byte[] piece = new byte[PIECE];
    try (in) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        sink.accept(piece, 0, read);
      }
    } catch (IOException closed) {
      // The pipe ends with the process.
    }
  }
}

package dev.muster.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A script and its JVM. Safe for use by many threads. */
public final class RunningScript {
  private static final int LOOK_MILLIS = 100;

  private final Process process;
  private final ScriptLimits limits;
  private final long started = System.nanoTime();
  private final AtomicReference<Optional<ScriptOutcome>> verdict =
      new AtomicReference<>(Optional.empty());
  private final CompletableFuture<ScriptOutcome> outcome = new CompletableFuture<>();
  private final Thread talking;

  // Platform threads: what reads a pipe blocks in the kernel and would hold a carrier thread.
  RunningScript(Process process, ScriptLimits limits, ScriptHost helpers, byte[] opening) {
    this.process = process;
    this.limits = limits;
    Conversation conversation =
        new Conversation(
            new Messages(process.getInputStream(), process.getOutputStream(), limits.frameBytes()),
            limits,
            helpers);
    this.talking =
        Thread.ofPlatform()
            .daemon()
            .name("script-" + process.pid())
            .unstarted(() -> talk(conversation, opening));
  }

  RunningScript begin() {
    talking.start();
    Thread.ofPlatform().daemon().name("script-watch-" + process.pid()).start(this::watch);
    return this;
  }

  /** Ends the script now, if it has not ended. Does not block. */
  public void stop() {
    end(new ScriptOutcome.Stopped());
  }

  /**
   * Waits for the script; its process is gone when this returns.
   *
   * @throws InterruptedException if the thread is interrupted; the script is ended first
   */
  public ScriptOutcome await() throws InterruptedException {
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      stop();
      outcome.exceptionally(failure -> new ScriptOutcome.Stopped()).join();
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void talk(Conversation conversation, byte[] opening) {
    try {
      ScriptOutcome said = said(conversation, opening);
      end(said);
      reap();
      outcome.complete(verdict.get().orElse(said));
    } catch (RuntimeException | Error e) {
      end(new ScriptOutcome.Broke(Breach.DIED));
      reap();
      outcome.completeExceptionally(e);
    }
  }

  private ScriptOutcome said(Conversation conversation, byte[] opening) {
    try {
      return conversation.hold(opening);
    } catch (BreachException e) {
      return new ScriptOutcome.Broke(e.breach() == Breach.DIED ? causeOfDeath() : e.breach());
    } catch (IOException e) {
      return new ScriptOutcome.Broke(causeOfDeath());
    } catch (InterruptedException e) {
      return new ScriptOutcome.Stopped();
    }
  }

  private Breach causeOfDeath() {
    try {
      // The pipe can end a little before the process does, or without it.
      if (process.waitFor(1, TimeUnit.SECONDS)) {
        return Deaths.cause(process.exitValue());
      }
    } catch (InterruptedException e) {
      // The verdict that came with it is the one that counts.
    }
    return Breach.DIED;
  }

  private void watch() {
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() - started > limits.time().toNanos()) {
          end(new ScriptOutcome.Broke(Breach.TIME));
        } else if (spent().compareTo(limits.cpu()) > 0) {
          end(new ScriptOutcome.Broke(Breach.CPU));
        }
      }
    } catch (InterruptedException e) {
      end(new ScriptOutcome.Broke(Breach.DIED));
    }
  }

  private Duration spent() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The first verdict is the one that counts. */
  private void end(ScriptOutcome how) {
    verdict.compareAndSet(Optional.empty(), Optional.of(how));
    kill();
    if (Thread.currentThread() != talking) {
      talking.interrupt();
    }
  }

  // A script can start no process; whoever has taken its JVM over can.
  private void kill() {
    List<ProcessHandle> offspring = process.descendants().toList();
    process.destroyForcibly();
    offspring.forEach(ProcessHandle::destroyForcibly);
  }

  private void reap() {
    boolean interrupted = Thread.interrupted();
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

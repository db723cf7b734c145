package dev.muster.inline;

import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.in.fleet.InlineWorkers;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.ports.in.scheduling.Wakeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs for this replica and runs them, from {@link #start()} to {@link #close()}. Where
 * nobody works inline it stays outside: for a poll that waits, its replica plans. Thread-safe.
 */
public final class InlineWorker implements Wakeable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InlineWorker.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final Duration LEAVING_PATIENCE = Duration.ofSeconds(5);

  private final Server server;
  private final InlineSettings settings;
  private final ScriptFolders folders;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicReference<@Nullable Shift> present = new AtomicReference<>();
  private final Thread thread;

  /**
   * The server, as an agent sees it.
   *
   * @param clock the database's
   */
  public record Server(
      InlineWorkers workers,
      JobDispatch dispatch,
      Presence presence,
      JobReporting reporting,
      InstantSource clock) {}

  /**
   * A worker that has not begun.
   *
   * @throws UncheckedIOException if there is no place for what scripts need on disk
   */
  public InlineWorker(Server server, InlineSettings settings) {
    this.server = server;
    this.settings = settings;
    try {
      this.folders = ScriptFolders.make();
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for scripts can be made", e);
    }
    this.thread = Thread.ofPlatform().daemon().name("inline").unstarted(this::run);
  }

  /** Begins to take jobs. */
  public void start() {
    thread.start();
  }

  /** Takes no more jobs; those that run go on. Does not wait. */
  public void stopClaiming() {
    closing.countDown();
    thread.interrupt();
  }

  @Override
  public void agentConcerned(AgentId agent) {
    Shift shift = present.get();
    if (shift != null) {
      shift.concerned(agent);
    }
  }

  private void run() {
    while (!isClosing()) {
      try {
        if (server.workers().areNeeded()) {
          serve();
        }
      } catch (RuntimeException fault) {
        LOG.warn("event=inline_worker_failed cause={}", fault.toString());
      } catch (InterruptedException stopped) {
        LOG.debug("the worker was interrupted");
      }
      await(BETWEEN_LOOKS);
    }
  }

  /** Returns when it is to enter anew. */
  private void serve() throws InterruptedException {
    Shift shift =
        new Shift(
            server.workers().enter(settings.replica(), settings.slots()),
            server,
            settings,
            folders,
            closing);
    present.set(shift);
    LOG.info("event=inline_worker_entered slots={}", settings.slots());
    shift.work();
    if (!isClosing()) {
      LOG.warn("event=inline_worker_lost");
      shift.drop();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void await(Duration pause) {
    try {
      boolean unused = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      LOG.debug("the worker was interrupted");
    }
  }

  /** Ends what runs, gives its jobs back, and leaves. */
  @Override
  public void close() {
    stopClaiming();
    try {
      boolean unused = !thread.isAlive() || thread.join(LEAVING_PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Shift shift = present.getAndSet(null);
    if (shift != null) {
      shift.end(LEAVING_PATIENCE);
      server.workers().leave(shift.worker());
    }
    folders.close();
  }
}

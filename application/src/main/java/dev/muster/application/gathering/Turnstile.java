package dev.muster.application.gathering;

import dev.muster.ports.StorageUnavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets a few through at a time, in the order in which they came: for what everybody does when they
 * come, and nobody can do for another. So a crowd at one door takes as long as it takes, and leaves
 * connections to the database for all that is done behind other doors. Thread-safe.
 */
public final class Turnstile {
  private final Semaphore free;
  private final Duration patience;

  /**
   * Lets {@code atOnce} through at a time.
   *
   * @param patience how long somebody waits for their turn
   */
  public Turnstile(int atOnce, Duration patience) {
    this.free = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  /**
   * Does work when it is its turn. Who has a connection already must not wait here for those who
   * have yet to get one.
   *
   * @throws StorageUnavailable where its turn does not come in time
   */
  public <T> T through(Supplier<T> work) {
    await();
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  /** Does work that may as well be left undone, where there is room for it at once. */
  public void ifFree(Runnable work) {
    if (!free.tryAcquire()) {
      return;
    }
    try {
      work.run();
    } finally {
      free.release();
    }
  }

  private void await() {
    try {
      if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StorageUnavailable("too many came at once", new TimeoutException());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailable("interrupted while waiting for a turn", interrupted);
    }
  }
}

package dev.muster.grpc;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does what is to be done unless something else comes first. Thread-safe. */
final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  Deadlines() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("grpc-deadlines").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Something that may be called off. */
  interface Pending {
    /** Nothing. */
    Pending NONE = () -> {};

    void callOff();
  }

  /** Does this after so long, on a thread of its own. */
  Pending in(Duration time, Runnable work) {
    if (timer.isShutdown()) {
      return Pending.NONE;
    }
    var future =
        timer.schedule(
            () -> Thread.startVirtualThread(work), time.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

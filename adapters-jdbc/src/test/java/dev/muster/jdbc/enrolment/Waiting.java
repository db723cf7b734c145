package dev.muster.jdbc.enrolment;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Somebody who has to wait for a transaction of somebody else's. */
final class Waiting {
  private Waiting() {}

  static <T> Future<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  /** Whether it does nothing for as long as it would take to do it many times over. */
  static boolean isStillRunning(Future<?> started) {
    try {
      started.get(500, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException waiting) {
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    } catch (ExecutionException failure) {
      throw new AssertionError(failure.getCause());
    }
  }
}

package dev.muster.ports.out;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many who do the same at once. */
public final class Race {
  private Race() {}

  /**
   * Starts virtual threads that all wait at one gate; answers what each of them found.
   *
   * @param work what the n-th does, from 0
   */
  public static <T> List<T> of(int runners, IntFunction<T> work) {
    CountDownLatch atTheGate = new CountDownLatch(runners);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < runners; i++) {
        running.add(executor.submit(runner(atTheGate, work, i)));
      }
      List<T> found = new ArrayList<>();
      for (Future<T> runner : running) {
        found.add(runner.get());
      }
      return found;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    } catch (ExecutionException failure) {
      throw new AssertionError(failure.getCause());
    }
  }

  private static <T> Callable<T> runner(CountDownLatch gate, IntFunction<T> work, int number) {
    return () -> {
      gate.countDown();
      gate.await();
      return work.apply(number);
    };
  }
}

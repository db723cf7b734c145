package dev.muster.application.gathering;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One thread's item, and what becomes of it. Thread-safe. */
final class Request<T, R> {
  private final T item;
  private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
  private final CompletableFuture<R> answer = new CompletableFuture<>();

  Request(T item) {
    this.item = item;
  }

  T item() {
    return item;
  }

  /** Waits for a while until it was done by another or is to lead; answers whether it is so. */
  boolean hasTurn(Duration patience) {
    try {
      turn.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException tooLong) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Waits until it was done by another or is to lead; answers whether it is. */
  boolean isToLead() {
    return turn.join();
  }

  void lead() {
    turn.complete(true);
  }

  void done(R result) {
    answer.complete(result);
    turn.complete(false);
  }

  void failed(Throwable failure) {
    answer.completeExceptionally(failure);
    turn.complete(false);
  }

  R answer() {
    try {
      return answer.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (failure.getCause() instanceof Error cause) {
        throw cause;
      }
      throw failure;
    }
  }
}

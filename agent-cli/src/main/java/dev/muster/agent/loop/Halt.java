package dev.muster.agent.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The signal that the agent is to stop, and why; the first reason stands. Thread-safe. */
final class Halt {
  private final CompletableFuture<StopReason> reason = new CompletableFuture<>();

  void because(StopReason why) {
    reason.complete(why);
  }

  boolean isCalled() {
    return reason.isDone();
  }

  StopReason await() throws InterruptedException {
    try {
      return reason.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

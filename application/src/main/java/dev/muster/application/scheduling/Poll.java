package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An agent that waits for an answer to its claim. Thread-safe. */
final class Poll {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private final Caller caller;
  private final Claim claim;
  private final long deadlineNanos;
  private final CompletableFuture<Outcome<Claimed>> answer = new CompletableFuture<>();
  private final AtomicInteger contested = new AtomicInteger();

  /** A poll that ends at a deadline by {@link System#nanoTime()}'s count. */
  Poll(Caller caller, Claim claim, long deadlineNanos) {
    this.caller = caller;
    this.claim = claim;
    this.deadlineNanos = deadlineNanos;
  }

  /** Tells polls of the same moment apart. */
  long number() {
    return number;
  }

  Caller caller() {
    return caller;
  }

  AgentId agent() {
    return caller.agent();
  }

  Claim claim() {
    return claim;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  boolean isAnswered() {
    return answer.isDone();
  }

  /** How often rows that were planned for it were somebody else's by then, this time included. */
  int contestedOnceMore() {
    return contested.incrementAndGet();
  }

  /** Answers, unless it was answered before; answers whether this was the answer. */
  boolean answer(Outcome<Claimed> outcome) {
    return answer.complete(outcome);
  }

  boolean answerNothing() {
    return answer(Outcome.done(Claimed.NOTHING));
  }

  void fail(RuntimeException fault) {
    answer.completeExceptionally(fault);
  }

  Outcome<Claimed> await() throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException fault) {
      if (fault.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(fault);
    }
  }
}

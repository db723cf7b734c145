package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that waits for an answer to its claim. Thread-safe. */
final class Poll {
  private final AgentId agent;
  private final TenantId tenant;
  private final Claim claim;
  private final long deadlineNanos;
  private final CompletableFuture<Outcome<Claimed>> answer = new CompletableFuture<>();
  private final AtomicInteger contested = new AtomicInteger();

  /** A poll that ends at a deadline by {@link System#nanoTime()}'s count. */
  Poll(AgentId agent, TenantId tenant, Claim claim, long deadlineNanos) {
    this.agent = agent;
    this.tenant = tenant;
    this.claim = claim;
    this.deadlineNanos = deadlineNanos;
  }

  AgentId agent() {
    return agent;
  }

  TenantId tenant() {
    return tenant;
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

  void answer(Outcome<Claimed> outcome) {
    answer.complete(outcome);
  }

  void answerNothing() {
    answer(Outcome.done(Claimed.NOTHING));
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

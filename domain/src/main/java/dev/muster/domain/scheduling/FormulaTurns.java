package dev.muster.domain.scheduling;

import java.time.Instant;
import java.util.Collection;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The order of the formula across all tenants: with little contention, the fair one too. */
final class FormulaTurns implements Turns {
  /** A heap, not a sorted list: a plan for few slots looks at few of many candidates. */
  private final PriorityQueue<QueuedJob> waiting;

  FormulaTurns(Collection<QueuedJob> candidates, Instant now) {
    waiting = new PriorityQueue<>(QueuePriority.order(now));
    waiting.addAll(candidates);
  }

  @Override
  public @Nullable QueuedJob next() {
    return waiting.poll();
  }

  @Override
  public void granted(QueuedJob job) {
    // The formula looks at no tenant's history.
  }
}

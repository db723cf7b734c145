package dev.muster.domain.scheduling;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of the formula across all tenants: with little contention, the fair one too. */
final class FormulaTurns implements Turns {
  private final Deque<QueuedJob> inOrder;

  FormulaTurns(List<QueuedJob> candidates, Instant now) {
    inOrder = new ArrayDeque<>(candidates.stream().sorted(QueuePriority.order(now)).toList());
  }

  @Override
  public @Nullable QueuedJob next() {
    return inOrder.poll();
  }

  @Override
  public void granted(QueuedJob job) {
    // The formula looks at no tenant's history.
  }
}

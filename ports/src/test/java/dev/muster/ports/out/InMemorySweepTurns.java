package dev.muster.ports.out;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Turns of replicas that share a storage. Thread-safe. */
public final class InMemorySweepTurns implements SweepTurns {
  private final Transactions transactions;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /** In the given transactions. */
  public InMemorySweepTurns(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public <T> Optional<T> alone(String sweep, Supplier<T> work) {
    if (!underWay.add(sweep)) {
      return Optional.empty();
    }
    try {
      return Optional.of(transactions.acrossTenants(work));
    } finally {
      underWay.remove(sweep);
    }
  }
}

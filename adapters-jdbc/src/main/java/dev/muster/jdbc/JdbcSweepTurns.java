package dev.muster.jdbc;

import dev.muster.ports.out.SweepTurns;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Turns by an advisory lock that ends with the transaction, so that a replica that dies in its turn
 * gives it up. Thread-safe.
 */
public final class JdbcSweepTurns implements SweepTurns {
  private static final String TRY =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('muster sweep ' || :sweep, 0))";

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcSweepTurns(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public <T> Optional<T> alone(String sweep, Supplier<T> work) {
    return transactions.acrossTenants(
        () -> isMyTurn(sweep) ? Optional.of(work.get()) : Optional.empty());
  }

  private boolean isMyTurn(String sweep) {
    return transactions.forAllTenants(
        handle -> handle.createQuery(TRY).bind("sweep", sweep).mapTo(Boolean.class).one());
  }
}

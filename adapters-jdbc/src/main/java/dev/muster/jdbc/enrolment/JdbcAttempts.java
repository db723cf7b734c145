package dev.muster.jdbc.enrolment;

import dev.muster.domain.enrolment.CallerNetwork;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.enrolment.Attempts;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Attempts to join, a row for each network with the times of its last ones. Thread-safe. */
public final class JdbcAttempts implements Attempts {
  /** How many rows that are over one attempt takes along. */
  private static final int SWEPT = 10;

  /**
   * Whoever comes at the same moment waits for the row, and then finds it as it is by then. Where
   * it is full already nobody waits: those who are too many are not to queue up behind each other.
   */
  private static final String NOTE =
      """
      INSERT INTO enrolment_attempts AS known (network, times, last_at)
      SELECT :network, ARRAY[cast(:now AS timestamptz)], cast(:now AS timestamptz)
       WHERE NOT EXISTS (
         SELECT FROM enrolment_attempts AS full_one
          WHERE full_one.network = :network AND full_one.times[cast(:most AS integer)] > :since)
      ON CONFLICT (network) DO UPDATE
         SET times = (ARRAY[excluded.last_at] || known.times)[1 : cast(:most AS integer)],
             last_at = excluded.last_at
       WHERE coalesce(known.times[cast(:most AS integer)] <= :since, true)
      """;

  private static final String SWEEP =
      """
      DELETE FROM enrolment_attempts
       WHERE network IN (
         SELECT network FROM enrolment_attempts
          WHERE last_at < :since AND network <> :network
          ORDER BY last_at
          LIMIT :limit
            FOR UPDATE SKIP LOCKED)
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAttempts(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean note(CallerNetwork network, int most, Duration within, Instant now) {
    Instant since = now.minus(within);
    return transactions.forAllTenants(handle -> {
      boolean noted =
          handle
                  .createUpdate(NOTE)
                  .bind("network", network.value())
                  .bind("now", now)
                  .bind("most", most)
                  .bind("since", since)
                  .execute()
              == 1;
      if (noted) {
        sweep(handle, network, since);
      }
      return noted;
    });
  }

  private static void sweep(Handle handle, CallerNetwork network, Instant since) {
    handle
        .createUpdate(SWEEP)
        .bind("network", network.value())
        .bind("since", since)
        .bind("limit", SWEPT)
        .execute();
  }
}

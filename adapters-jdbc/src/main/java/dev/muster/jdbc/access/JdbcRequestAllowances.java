package dev.muster.jdbc.access;

import dev.muster.domain.access.RequestWindow;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.out.access.QuietCallers;
import dev.muster.ports.out.access.RequestAllowances;
import java.io.IOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * How often each credential may still call. A slice is taken by one conditional statement: the row
 * is replaced if it is as it was when the domain decided. Thread-safe.
 */
public final class JdbcRequestAllowances implements RequestAllowances, QuietCallers {
  /** Who loses to another replica reads and decides again; more than that is no coincidence. */
  private static final int MOST_TRIES = 50;

  /** With the time of the database, by which all replicas count. */
  private static final String READ =
      """
      SELECT now.at, held.version, held.head, held.counts, held.last_long, held.long_before
        FROM (SELECT clock_timestamp() AS at) AS now
        LEFT JOIN request_allowances AS held
          ON held.tenant_id = :tenant_id AND held.credential = :credential
      """;

  /** Of the locks by which those who add rows pass over one another. */
  static final int ADDING = 0x4D555341;

  private static final String ADD =
      """
      WITH mine AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(%1$d, hashtext(:tenant_id::text || :credential::text))
      )
      INSERT INTO request_allowances
        (tenant_id, credential, version, head, counts, last_long, long_before, changed_at)
      SELECT :tenant_id, :credential, 1, :head, :counts, :last_long, :long_before, :at
        FROM mine
      ON CONFLICT DO NOTHING
      """
          .formatted(ADDING);

  private static final String REPLACE =
      """
      UPDATE request_allowances
         SET version = version + 1, head = :head, counts = :counts, last_long = :last_long,
             long_before = :long_before, changed_at = :at
       WHERE tenant_id = :tenant_id AND credential = :credential AND version = :version
      """;

  private static final String FORGET =
      """
      DELETE FROM request_allowances
       WHERE (tenant_id, credential) IN (
         SELECT tenant_id, credential
           FROM request_allowances
          WHERE changed_at < :moment
          LIMIT :limit
            FOR UPDATE SKIP LOCKED)
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcRequestAllowances(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  /**
   * The row at a moment.
   *
   * @param version null where there is no row
   */
  record Held(Instant at, @Nullable Long version, RequestWindow window) {}

  @Override
  public RequestWindow.Slice take(TenantId tenant, UUID credential, int limit, int wanted) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<RequestWindow.Slice> slice =
          transactions.inTenant(tenant, () -> tryToTake(tenant, credential, limit, wanted));
      if (slice.isPresent()) {
        return slice.get();
      }
    }
    throw new StorageUnavailable(
        "an allowance is fought over", new IOException("lost " + MOST_TRIES + " times"));
  }

  /** Empty where another replica was first. */
  private Optional<RequestWindow.Slice> tryToTake(
      TenantId tenant, UUID credential, int limit, int wanted) {
    return transactions.forTenant(
        tenant,
        handle -> {
          Held held = read(handle, tenant, credential);
          RequestWindow.Slice slice = held.window().take(held.at(), limit, wanted);
          return switch (slice) {
            case RequestWindow.Full full -> Optional.of(full);
            case RequestWindow.Taken taken ->
                write(handle, tenant, credential, held, taken.after())
                    ? Optional.of(taken)
                    : Optional.empty();
          };
        });
  }

  private static Held read(Handle handle, TenantId tenant, UUID credential) {
    return handle
        .createQuery(READ)
        .bind("tenant_id", tenant.value())
        .bind("credential", credential)
        .map((row, unused) -> held(row))
        .one();
  }

  /** From a row with its time; without a version where there is none. */
  static Held held(ResultSet row) throws SQLException {
    Instant at = Columns.instant(row, "at");
    Long version = row.getObject("version", Long.class);
    if (version == null) {
      return new Held(at, null, RequestWindow.empty());
    }
    return new Held(
        at,
        version,
        RequestWindow.stored(
            row.getLong("head"),
            counts(row.getArray("counts")),
            row.getLong("last_long"),
            row.getLong("long_before")));
  }

  private static int[] counts(Array array) throws SQLException {
    return Arrays.stream((Integer[]) array.getArray()).mapToInt(Integer::intValue).toArray();
  }

  private static boolean write(
      Handle handle, TenantId tenant, UUID credential, Held held, RequestWindow after) {
    Update update = handle.createUpdate(held.version() == null ? ADD : REPLACE);
    if (held.version() != null) {
      update.bind("version", held.version());
    }
    return update
            .bind("tenant_id", tenant.value())
            .bind("credential", credential)
            .bind("head", after.head())
            .bind(
                "counts",
                SqlArray.of(Integer.class, Arrays.stream(after.counts()).boxed().toList()))
            .bind("last_long", after.lastLong())
            .bind("long_before", after.longBefore())
            .bind("at", held.at())
            .execute()
        == 1;
  }

  @Override
  public int forgetQuietSince(Instant moment, int limit) {
    return transactions.forAllTenants(handle ->
        handle.createUpdate(FORGET).bind("moment", moment).bind("limit", limit).execute());
  }
}

package dev.muster.jdbc.access;

import static dev.muster.jdbc.Columns.bytes;
import static dev.muster.jdbc.Columns.text;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.access.ExpiredKeys;
import dev.muster.ports.out.access.IdempotencyKeys;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Answers to requests that may be repeated. A key is taken by inserting its row: whoever inserts
 * the same one waits until that transaction has ended. A row that was committed without an answer
 * is free again. Thread-safe.
 */
public final class JdbcIdempotencyKeys implements IdempotencyKeys, ExpiredKeys {
  private static final String TAKE =
      """
      INSERT INTO idempotency_keys AS held (tenant_id, caller, key, fingerprint, recorded_at)
      VALUES (:tenant_id, :caller, :key, :fingerprint, :now)
      ON CONFLICT (tenant_id, caller, key) DO UPDATE
         SET fingerprint = excluded.fingerprint,
             recorded_at = excluded.recorded_at,
             status = NULL,
             location = NULL,
             body = NULL
       WHERE held.recorded_at < :not_before OR held.status IS NULL
      """;

  private static final String RECORDED =
      """
      SELECT fingerprint, status, location, body
        FROM idempotency_keys
       WHERE tenant_id = :tenant_id AND caller = :caller AND key = :key
      """;

  private static final String RECORD =
      """
      UPDATE idempotency_keys
         SET status = :status, location = :location, body = :body
       WHERE tenant_id = :tenant_id AND caller = :caller AND key = :key AND status IS NULL
      """;

  private static final String DELETE =
      """
      DELETE FROM idempotency_keys
       WHERE (tenant_id, caller, key) IN (
         SELECT tenant_id, caller, key
           FROM idempotency_keys
          WHERE recorded_at < :moment
          ORDER BY recorded_at
          LIMIT :limit
            FOR UPDATE SKIP LOCKED)
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcIdempotencyKeys(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Recorded> take(
      TenantId tenant,
      UUID caller,
      String key,
      byte[] fingerprint,
      Instant now,
      Instant notBefore) {
    return transactions.forTenant(
        tenant,
        handle -> {
          while (!taken(handle, tenant, caller, key, fingerprint, now, notBefore)) {
            Optional<Recorded> recorded = recorded(handle, tenant, caller, key);
            // Empty where a sweep deleted it between the two statements.
            if (recorded.isPresent()) {
              return recorded;
            }
          }
          return Optional.empty();
        });
  }

  private static boolean taken(
      Handle handle,
      TenantId tenant,
      UUID caller,
      String key,
      byte[] fingerprint,
      Instant now,
      Instant notBefore) {
    return handle
            .createUpdate(TAKE)
            .bind("tenant_id", tenant.value())
            .bind("caller", caller)
            .bind("key", key)
            .bind("fingerprint", fingerprint)
            .bind("now", now)
            .bind("not_before", notBefore)
            .execute()
        == 1;
  }

  private static Optional<Recorded> recorded(
      Handle handle, TenantId tenant, UUID caller, String key) {
    return handle
        .createQuery(RECORDED)
        .bind("tenant_id", tenant.value())
        .bind("caller", caller)
        .bind("key", key)
        .map((row, unused) ->
            new Recorded(
                bytes(row, "fingerprint"),
                row.getInt("status"),
                row.getString("location"),
                text(row, "body")))
        .findOne();
  }

  @Override
  public void record(
      TenantId tenant,
      UUID caller,
      String key,
      int status,
      @Nullable String location,
      String body) {
    int recorded =
        transactions.forTenant(
            tenant,
            handle ->
                handle
                    .createUpdate(RECORD)
                    .bind("tenant_id", tenant.value())
                    .bind("caller", caller)
                    .bind("key", key)
                    .bind("status", status)
                    .bind("location", location)
                    .bind("body", body)
                    .execute());
    if (recorded != 1) {
      throw new IllegalStateException("the key was not taken by this transaction");
    }
  }

  @Override
  public int deleteRecordedBefore(Instant moment, int limit) {
    return transactions.forAllTenants(handle ->
        handle.createUpdate(DELETE).bind("moment", moment).bind("limit", limit).execute());
  }
}

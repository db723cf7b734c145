package dev.muster.jdbc.audit;

import static dev.muster.jdbc.Columns.uuid;

import dev.muster.domain.audit.Seal;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.audit.AuditRetentions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long audit entries are kept. Thread-safe. */
public final class JdbcAuditRetentions implements AuditRetentions {
  private static final String SET =
      """
      INSERT INTO audit_retention (tenant_id, days) VALUES (:tenant_id, :days)
      ON CONFLICT (tenant_id) DO UPDATE SET days = excluded.days
      """;

  /** Links are not quite in the order of time: those before the first younger one. */
  private static final String LAST_BEFORE =
      """
      WITH oldest AS (
        SELECT seq, at, entry_id, hash FROM audit_seals
         WHERE tenant_id = :tenant_id ORDER BY seq LIMIT :most)
      SELECT seq, at AS sealed_at, entry_id, hash
        FROM oldest
       WHERE seq < coalesce((SELECT min(seq) FROM oldest WHERE at >= :before), 9223372036854775807)
       ORDER BY seq DESC
       LIMIT 1
      """;

  private static final String REMOVE_ENTRIES =
      """
      DELETE FROM audit_events AS entry
       USING audit_seals AS seal
       WHERE seal.tenant_id = :tenant_id AND seal.seq <= :through
         AND entry.tenant_id = seal.tenant_id AND entry.at = seal.at AND entry.id = seal.entry_id
      """;

  private static final String REMOVE_SEALS =
      "DELETE FROM audit_seals WHERE tenant_id = :tenant_id AND seq <= :through";

  /** Its size, because a partition gives rights to nobody. */
  private static final String DEFAULT_USED =
      "SELECT pg_relation_size('public.audit_events_default') > 0";

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAuditRetentions(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Integer> find(TenantId tenant) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery("SELECT days FROM audit_retention WHERE tenant_id = :tenant_id")
            .bind("tenant_id", tenant.value())
            .mapTo(Integer.class)
            .findOne());
  }

  @Override
  public void set(TenantId tenant, @Nullable Integer days) {
    transactions.forAllTenants(handle ->
        days == null
            ? handle
                .createUpdate("DELETE FROM audit_retention WHERE tenant_id = :tenant_id")
                .bind("tenant_id", tenant.value())
                .execute()
            : handle
                .createUpdate(SET)
                .bind("tenant_id", tenant.value())
                .bind("days", days)
                .execute());
  }

  @Override
  public List<Retention> all() {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery("SELECT tenant_id, days FROM audit_retention ORDER BY tenant_id")
            .map((row, context) ->
                new Retention(new TenantId(uuid(row, "tenant_id")), row.getInt("days")))
            .list());
  }

  @Override
  public Optional<Seal> lastBefore(TenantId tenant, Instant before, int most) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(LAST_BEFORE)
            .bind("tenant_id", tenant.value())
            .bind("before", before)
            .bind("most", most)
            .map((row, context) -> JdbcAuditChains.seal(tenant, row))
            .findOne());
  }

  @Override
  public int remove(TenantId tenant, long through) {
    return transactions.forAllTenants(handle -> {
      int entries =
          handle
              .createUpdate(REMOVE_ENTRIES)
              .bind("tenant_id", tenant.value())
              .bind("through", through)
              .execute();
      handle
          .createUpdate(REMOVE_SEALS)
          .bind("tenant_id", tenant.value())
          .bind("through", through)
          .execute();
      return entries;
    });
  }

  @Override
  public int dropEmptyPartitions(Instant before) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery("SELECT drop_empty_audit_partitions(:before)")
            .bind("before", before)
            .mapTo(Integer.class)
            .one());
  }

  @Override
  public boolean defaultPartitionUsed() {
    return transactions.forAllTenants(
        handle -> handle.createQuery(DEFAULT_USED).mapTo(Boolean.class).one());
  }
}

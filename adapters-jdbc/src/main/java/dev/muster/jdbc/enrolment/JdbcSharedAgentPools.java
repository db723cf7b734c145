package dev.muster.jdbc.enrolment;

import static dev.muster.jdbc.Columns.bytes;
import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.instantOrNull;
import static dev.muster.jdbc.Columns.integerOrNull;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.uuid;

import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The pool of shared agents, its keys, and what was signed with them. Thread-safe. */
public final class JdbcSharedAgentPools implements SharedAgentPools {
  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcSharedAgentPools(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean add(TenantId tenant, SharedAgentPool pool) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                    .createUpdate(SharedAgentSql.ADD_POOL)
                    .bind("tenant_id", tenant.value())
                    .bind("min_replicas", pool.minReplicas())
                    .bind("max_replicas", pool.maxReplicas())
                    .bind("cpu_target_pct", pool.cpuTargetPct())
                    .bind("created_at", pool.createdAt())
                    .execute()
                == 1);
  }

  @Override
  public Optional<SharedAgentPool> find(TenantId tenant) {
    return one(tenant, SharedAgentSql.FIND_POOL);
  }

  @Override
  public Optional<SharedAgentPool> lock(TenantId tenant) {
    return one(tenant, SharedAgentSql.LOCK_POOL);
  }

  private Optional<SharedAgentPool> one(TenantId tenant, String sql) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(sql)
                .bind("tenant_id", tenant.value())
                .map((row, unused) ->
                    new SharedAgentPool(
                        integerOrNull(row, "min_replicas"),
                        integerOrNull(row, "max_replicas"),
                        integerOrNull(row, "cpu_target_pct"),
                        instant(row, "created_at")))
                .findOne());
  }

  @Override
  public void addKey(TenantId tenant, KeptPlatformKey key, byte[] sealed) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(SharedAgentSql.ADD_KEY)
                .bind("tenant_id", tenant.value())
                .bind("id", key.id().value())
                .bind("key_id", key.keyId())
                .bind("sealed", sealed)
                .bind("created_at", key.createdAt())
                .bindByType("expires_at", key.expiresAt(), Instant.class)
                .execute());
  }

  @Override
  public List<SealedKey> liveKeys(TenantId tenant, Instant now) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(SharedAgentSql.LIVE_KEYS)
                .bind("tenant_id", tenant.value())
                .bind("now", now)
                .map((row, unused) -> new SealedKey(read(row), bytes(row, "sealed")))
                .list());
  }

  private static KeptPlatformKey read(ResultSet row) throws SQLException {
    return new KeptPlatformKey(
        new PlatformKeyId(uuid(row, "id")),
        text(row, "key_id"),
        instant(row, "created_at"),
        instantOrNull(row, "expires_at"));
  }

  /** Two statements: the key is read as it is once whoever rotates has finished. */
  @Override
  public Optional<KeptPlatformKey> held(TenantId tenant, PlatformKeyId key) {
    return transactions.forTenant(
        tenant,
        handle -> {
          handle
              .createQuery(SharedAgentSql.HOLD_POOL)
              .bind("tenant_id", tenant.value())
              .mapTo(UUID.class)
              .findOne();
          return handle
              .createQuery(SharedAgentSql.KEY)
              .bind("tenant_id", tenant.value())
              .bind("id", key.value())
              .map((row, unused) -> read(row))
              .findOne();
        });
  }

  @Override
  public void endKey(TenantId tenant, PlatformKeyId key, Instant end) {
    transactions.forTenant(
        tenant,
        handle -> {
          for (String sql : List.of(SharedAgentSql.END_KEY, SharedAgentSql.END_TOKENS_OF_KEY)) {
            handle
                .createUpdate(sql)
                .bind("tenant_id", tenant.value())
                .bind("key", key.value())
                .bind("end", end)
                .execute();
          }
          return true;
        });
  }

  @Override
  public boolean useNonce(TenantId tenant, String nonce, Instant keepUntil, Instant now) {
    return transactions.forTenant(
        tenant,
        handle -> {
          boolean used =
              handle
                      .createUpdate(SharedAgentSql.USE_NONCE)
                      .bind("tenant_id", tenant.value())
                      .bind("nonce", nonce)
                      .bind("keep_until", keepUntil)
                      .execute()
                  == 1;
          if (used) {
            handle
                .createUpdate(SharedAgentSql.FORGET_NONCES)
                .bind("tenant_id", tenant.value())
                .bind("now", now)
                .execute();
          }
          return used;
        });
  }
}

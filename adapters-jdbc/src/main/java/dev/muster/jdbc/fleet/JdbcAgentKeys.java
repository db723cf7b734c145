package dev.muster.jdbc.fleet;

import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.instantOrNull;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.uuid;
import static dev.muster.jdbc.fleet.AgentStatements.ofAgent;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.fleet.AgentKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The secrets of agents: what is stored of them lets nobody in. Thread-safe. */
public final class JdbcAgentKeys implements AgentKeys {
  private static final String ADD =
      """
      INSERT INTO agent_keys (tenant_id, hash, agent_id, prefix, created_at, expires_at)
      VALUES (:tenant_id, :hash, :agent_id, :prefix, :at, :expires_at)
      """;

  private static final String LIVE =
      """
       WHERE tenant_id = :tenant_id AND agent_id = :agent_id AND revoked_at IS NULL
         AND (expires_at IS NULL OR expires_at > :at)
      """;

  private static final String END_ALL =
      "UPDATE agent_keys SET expires_at = least(expires_at, :end)" + LIVE;

  /** The agent's row first, as whoever steers it locks it. */
  private static final String COUNT_REVOCATION =
      """
      UPDATE agents SET key_generation = key_generation + 1
       WHERE tenant_id = :tenant_id AND id = :agent_id
      """;

  private static final String REVOKE_ALL = "UPDATE agent_keys SET revoked_at = :at" + LIVE;

  /** Whoever is given the next key is let in from wherever it comes. */
  private static final String UNSETTLE =
      "DELETE FROM agent_installations WHERE tenant_id = :tenant_id AND agent_id = :agent_id";

  private static final String LIST =
      """
      SELECT agent_id, prefix, created_at, expires_at, revoked_at, last_used_at
        FROM agent_keys
       WHERE tenant_id = :tenant_id AND agent_id = :agent_id
       ORDER BY created_at DESC, hash
       LIMIT :limit
      """;

  private static final String USED =
      """
      UPDATE agent_keys SET last_used_at = :at
       WHERE tenant_id = :tenant_id AND hash = :hash
         AND (last_used_at IS NULL OR last_used_at < :at)
      """;

  private static final String KEEP_UPDATE_KEY =
      """
      INSERT INTO agent_update_keys AS kept (tenant_id, agent_id, version, sealed)
      VALUES (:tenant_id, :agent_id, :version, :sealed)
      ON CONFLICT (tenant_id, agent_id) DO UPDATE
         SET version = excluded.version, sealed = excluded.sealed
       WHERE kept.version = excluded.version - 1
      """;

  private static final String UPDATE_KEY =
      """
      SELECT version, sealed FROM agent_update_keys
       WHERE tenant_id = :tenant_id AND agent_id = :agent_id
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAgentKeys(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void add(
      TenantId tenant,
      AgentId agent,
      TokenHash hash,
      String prefix,
      Instant at,
      @Nullable Instant expiresAt) {
    transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createUpdate(ADD), tenant, agent)
                .bind("hash", hash.bytes())
                .bind("prefix", prefix)
                .bind("at", at)
                .bindByType("expires_at", expiresAt, Instant.class)
                .execute());
  }

  @Override
  public int endAll(TenantId tenant, AgentId agent, Instant now, Instant end) {
    return transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createUpdate(END_ALL), tenant, agent)
                .bind("at", now)
                .bind("end", end)
                .execute());
  }

  @Override
  public int revokeAll(TenantId tenant, AgentId agent, Instant at) {
    return transactions.forTenant(
        tenant,
        handle -> {
          for (String statement : List.of(COUNT_REVOCATION, UNSETTLE)) {
            ofAgent(handle.createUpdate(statement), tenant, agent).execute();
          }
          return ofAgent(handle.createUpdate(REVOKE_ALL), tenant, agent).bind("at", at).execute();
        });
  }

  @Override
  public List<AgentKey> list(TenantId tenant, AgentId agent) {
    return transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createQuery(LIST), tenant, agent)
                .bind("limit", MOST_LISTED)
                .map(JdbcAgentKeys::read)
                .list());
  }

  private static AgentKey read(ResultSet row, StatementContext unused) throws SQLException {
    return new AgentKey(
        new AgentId(uuid(row, "agent_id")),
        text(row, "prefix"),
        instant(row, "created_at"),
        instantOrNull(row, "expires_at"),
        instantOrNull(row, "revoked_at"),
        instantOrNull(row, "last_used_at"));
  }

  @Override
  public void used(TenantId tenant, TokenHash hash, Instant at) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(USED)
                .bind("tenant_id", tenant.value())
                .bind("hash", hash.bytes())
                .bind("at", at)
                .execute());
  }

  @Override
  public void keepUpdateKey(TenantId tenant, AgentId agent, SealedUpdateKey key) {
    int kept =
        transactions.forTenant(
            tenant,
            handle ->
                ofAgent(handle.createUpdate(KEEP_UPDATE_KEY), tenant, agent)
                    .bind("version", key.version())
                    .bind("sealed", key.sealed())
                    .execute());
    if (kept != 1) {
      throw new IllegalStateException("the update key was replaced by another meanwhile");
    }
  }

  @Override
  public Optional<SealedUpdateKey> updateKey(TenantId tenant, AgentId agent) {
    return transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createQuery(UPDATE_KEY), tenant, agent)
                .map((row, context) ->
                    new SealedUpdateKey(row.getInt("version"), row.getBytes("sealed")))
                .findOne());
  }
}

package dev.muster.jdbc.fleet;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.fleet.AgentKeys;
import java.time.Instant;
import java.util.Optional;

/** The secrets of agents: what is stored of them lets nobody in. Thread-safe. */
public final class JdbcAgentKeys implements AgentKeys {
  private static final String ADD =
      """
      INSERT INTO agent_keys (tenant_id, hash, agent_id, prefix, created_at)
      VALUES (:tenant_id, :hash, :agent_id, :prefix, :at)
      """;

  private static final String REVOKE_ALL =
      """
      UPDATE agent_keys
         SET revoked_at = :at
       WHERE tenant_id = :tenant_id AND agent_id = :agent_id AND revoked_at IS NULL
      """;

  private static final String KEEP_UPDATE_KEY =
      """
      INSERT INTO agent_update_keys (tenant_id, agent_id, sealed)
      VALUES (:tenant_id, :agent_id, :sealed)
      ON CONFLICT (tenant_id, agent_id) DO UPDATE SET sealed = excluded.sealed
      """;

  private static final String UPDATE_KEY =
      "SELECT sealed FROM agent_update_keys WHERE tenant_id = :tenant_id AND agent_id = :agent_id";

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAgentKeys(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void add(TenantId tenant, AgentId agent, TokenHash hash, String prefix, Instant at) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(ADD)
                .bind("tenant_id", tenant.value())
                .bind("hash", hash.bytes())
                .bind("agent_id", agent.value())
                .bind("prefix", prefix)
                .bind("at", at)
                .execute());
  }

  @Override
  public void revokeAll(TenantId tenant, AgentId agent, Instant at) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(REVOKE_ALL)
                .bind("tenant_id", tenant.value())
                .bind("agent_id", agent.value())
                .bind("at", at)
                .execute());
  }

  @Override
  public void keepUpdateKey(TenantId tenant, AgentId agent, byte[] sealed) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(KEEP_UPDATE_KEY)
                .bind("tenant_id", tenant.value())
                .bind("agent_id", agent.value())
                .bind("sealed", sealed)
                .execute());
  }

  @Override
  public Optional<byte[]> updateKey(TenantId tenant, AgentId agent) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(UPDATE_KEY)
                .bind("tenant_id", tenant.value())
                .bind("agent_id", agent.value())
                .mapTo(byte[].class)
                .findOne());
  }
}

package dev.muster.jdbc.fleet;

import static dev.muster.jdbc.Columns.bytes;
import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.instantOrNull;
import static dev.muster.jdbc.fleet.AgentStatements.ofAgent;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.fleet.SigningSecrets;
import java.time.Instant;
import java.util.List;

/** The secrets that agents sign with. Thread-safe. */
public final class JdbcSigningSecrets implements SigningSecrets {
  private static final String LIVE =
      """
      SELECT version, sealed, by_server, created_at, ends_at
        FROM agent_signing_secrets
       WHERE tenant_id = :tenant_id AND agent_id = :agent_id
         AND (ends_at IS NULL OR ends_at > :now)
       ORDER BY version DESC
      """;

  private static final String NEXT_VERSION =
      """
      SELECT coalesce(max(version), 0) + 1
        FROM agent_signing_secrets
       WHERE tenant_id = :tenant_id AND agent_id = :agent_id
      """;

  private static final String ADD =
      """
      INSERT INTO agent_signing_secrets
        (tenant_id, agent_id, version, sealed, by_server, created_at, ends_at)
      VALUES (:tenant_id, :agent_id, :version, :sealed, :by_server, :created_at, :ends_at)
      """;

  private static final String END_ALL =
      """
      UPDATE agent_signing_secrets
         SET ends_at = :at
       WHERE tenant_id = :tenant_id AND agent_id = :agent_id
         AND (ends_at IS NULL OR ends_at > :at)
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcSigningSecrets(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Kept> live(TenantId tenant, AgentId agent, Instant now) {
    return transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createQuery(LIVE), tenant, agent)
                .bind("now", now)
                .map((row, unused) ->
                    new Kept(
                        row.getInt("version"),
                        bytes(row, "sealed"),
                        row.getBoolean("by_server"),
                        instant(row, "created_at"),
                        instantOrNull(row, "ends_at")))
                .list());
  }

  @Override
  public int nextVersion(TenantId tenant, AgentId agent) {
    return transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createQuery(NEXT_VERSION), tenant, agent).mapTo(Integer.class).one());
  }

  @Override
  public void add(TenantId tenant, AgentId agent, Kept secret) {
    transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createUpdate(ADD), tenant, agent)
                .bind("version", secret.version())
                .bind("sealed", secret.sealed())
                .bind("by_server", secret.byServer())
                .bind("created_at", secret.createdAt())
                .bind("ends_at", secret.endsAt())
                .execute());
  }

  @Override
  public void endAll(TenantId tenant, AgentId agent, Instant at) {
    transactions.forTenant(
        tenant,
        handle -> ofAgent(handle.createUpdate(END_ALL), tenant, agent).bind("at", at).execute());
  }
}

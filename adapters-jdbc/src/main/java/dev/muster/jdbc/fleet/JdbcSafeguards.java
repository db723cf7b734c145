package dev.muster.jdbc.fleet;

import static dev.muster.jdbc.fleet.AgentStatements.ofAgent;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.out.fleet.Safeguards;
import java.util.Optional;

/** What is asked of agents. Thread-safe. */
public final class JdbcSafeguards implements Safeguards {
  /** The agent's row is there before any of this is, and so is what can be locked. */
  private static final String FIND =
      """
      SELECT asked.requests_per_minute,
             coalesce(asked.certificate_fingerprints, '{}') AS certificate_fingerprints,
             coalesce(asked.require_signature, false) AS require_signature
        FROM agents AS agent
        LEFT JOIN agent_safeguards AS asked
          ON asked.tenant_id = agent.tenant_id AND asked.agent_id = agent.id
       WHERE agent.tenant_id = :tenant_id AND agent.id = :agent_id
      """;

  private static final String LOCK =
      "SELECT FROM agents WHERE tenant_id = :tenant_id AND id = :agent_id FOR NO KEY UPDATE";

  private static final String REPLACE =
      """
      INSERT INTO agent_safeguards
        (tenant_id, agent_id, requests_per_minute, certificate_fingerprints, require_signature)
      VALUES (:tenant_id, :agent_id, :requests, :fingerprints, :signature)
      ON CONFLICT (tenant_id, agent_id) DO UPDATE
         SET requests_per_minute = excluded.requests_per_minute,
             certificate_fingerprints = excluded.certificate_fingerprints,
             require_signature = excluded.require_signature
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcSafeguards(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Asked> find(TenantId tenant, AgentId agent) {
    return transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createQuery(FIND), tenant, agent)
                .map((row, unused) ->
                    new Asked(
                        Columns.integerOrNull(row, "requests_per_minute"),
                        Columns.texts(row, "certificate_fingerprints"),
                        row.getBoolean("require_signature")))
                .findOne());
  }

  /** Two statements: the second sees what was committed while the first waited. */
  @Override
  public Optional<Asked> lock(TenantId tenant, AgentId agent) {
    transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createQuery(LOCK), tenant, agent).map((row, unused) -> true).findOne());
    return find(tenant, agent);
  }

  @Override
  public void replace(TenantId tenant, AgentId agent, Asked asked) {
    transactions.forTenant(
        tenant,
        handle ->
            ofAgent(handle.createUpdate(REPLACE), tenant, agent)
                .bind("requests", asked.requestsPerMinute())
                .bind("fingerprints", SqlArray.of(String.class, asked.certificateFingerprints()))
                .bind("signature", asked.requireSignature())
                .execute());
  }
}

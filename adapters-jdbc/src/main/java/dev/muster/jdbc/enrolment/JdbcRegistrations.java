package dev.muster.jdbc.enrolment;

import static dev.muster.jdbc.Columns.word;

import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.enrolment.Registrations;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Who joined under which registration id. Thread-safe. */
public final class JdbcRegistrations implements Registrations {
  private static final String JOINED =
      """
      INSERT INTO registrations (tenant_id, flow, registration_id, agent_id, joined_at)
      VALUES (:tenant_id, :flow, :registration_id, :agent_id, :at)
      ON CONFLICT (tenant_id, flow, registration_id) DO UPDATE
         SET agent_id = excluded.agent_id, joined_at = excluded.joined_at
      """;

  private static final String JOINED_AS =
      """
      SELECT agent_id
        FROM registrations
       WHERE tenant_id = :tenant_id AND flow = :flow AND registration_id = :registration_id
         AND joined_at >= :since
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcRegistrations(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void joined(TenantId tenant, Flow flow, UUID registrationId, AgentId agent, Instant at) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(JOINED)
                .bind("tenant_id", tenant.value())
                .bind("flow", word(flow))
                .bind("registration_id", registrationId)
                .bind("agent_id", agent.value())
                .bind("at", at)
                .execute());
  }

  @Override
  public Optional<AgentId> joinedAs(
      TenantId tenant, Flow flow, UUID registrationId, Instant since) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createQuery(JOINED_AS)
                .bind("tenant_id", tenant.value())
                .bind("flow", word(flow))
                .bind("registration_id", registrationId)
                .bind("since", since)
                .mapTo(UUID.class)
                .findOne()
                .map(AgentId::new));
  }
}

package dev.muster.jdbc.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.out.update.Nudges;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which agents are to be told to look for a release. Thread-safe. */
public final class JdbcNudges implements Nudges {
  private static final String CANDIDATES =
      """
      SELECT agent.tenant_id, agent.id, agent.region
        FROM agents AS agent
        JOIN agent_update_keys AS key ON key.tenant_id = agent.tenant_id AND key.agent_id = agent.id
       WHERE coalesce(agent.last_seen_at, agent.created_at) > :after
         AND NOT EXISTS (
           SELECT FROM agent_updates AS known
            WHERE known.tenant_id = agent.tenant_id AND known.agent_id = agent.id
              AND known.outcome = 'applied' AND known.sequence >= :sequence)
      """;

  /** In the order of their keys, as everybody locks them. */
  private static final String ADD =
      """
      INSERT INTO update_nudges (tenant_id, agent_id, sequence, due_at)
      SELECT tenant_id, agent_id, :sequence, due_at
        FROM unnest(:tenants, :agents, :dues) AS nudge (tenant_id, agent_id, due_at)
       ORDER BY tenant_id, agent_id
      ON CONFLICT (tenant_id, agent_id)
        DO UPDATE SET sequence = excluded.sequence, due_at = excluded.due_at
      """;

  private static final String REMOVE =
      """
      DELETE FROM update_nudges USING (
        SELECT tenant_id, agent_id FROM update_nudges
         WHERE %s ORDER BY tenant_id, agent_id FOR UPDATE
      ) AS gone
       WHERE update_nudges.tenant_id = gone.tenant_id AND update_nudges.agent_id = gone.agent_id
      """;

  private static final String REMOVE_LAPSED = REMOVE.formatted("due_at <= :lapsed");

  private static final String REMOVE_RELEASE = REMOVE.formatted("sequence = :sequence");

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcNudges(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Candidate> candidates(long sequence, Instant after) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(CANDIDATES)
            .bind("sequence", sequence)
            .bind("after", after)
            .map((row, context) ->
                new Candidate(
                    new TenantId(Columns.uuid(row, "tenant_id")),
                    new AgentId(Columns.uuid(row, "id")),
                    row.getString("region")))
            .list());
  }

  @Override
  public void add(long sequence, Collection<Nudge> nudges, Instant now) {
    transactions.forAllTenants(handle -> removeLapsed(handle, now) + add(handle, sequence, nudges));
  }

  private static int removeLapsed(Handle handle, Instant now) {
    return handle.createUpdate(REMOVE_LAPSED).bind("lapsed", now.minus(GOOD_FOR)).execute();
  }

  private static int add(Handle handle, long sequence, Collection<Nudge> nudges) {
    return handle
        .createUpdate(ADD)
        .bind("sequence", sequence)
        .bind(
            "tenants",
            SqlArray.of(UUID.class, nudges.stream().map(n -> n.tenant().value()).toList()))
        .bind(
            "agents", SqlArray.of(UUID.class, nudges.stream().map(n -> n.agent().value()).toList()))
        .bind("dues", SqlArray.of(Instant.class, nudges.stream().map(Nudge::due).toList()))
        .execute();
  }

  @Override
  public void remove(long sequence) {
    transactions.forAllTenants(
        handle -> handle.createUpdate(REMOVE_RELEASE).bind("sequence", sequence).execute());
  }
}

package dev.muster.ports.out.enrolment;

import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.out.fleet.InMemoryAgents;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Who joined under which registration id, in memory. */
public final class InMemoryRegistrations implements Registrations {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryTable<Key, Row> rows;

  private record Key(TenantId tenant, Flow flow, UUID registrationId) {}

  private record Row(AgentId agent, Instant at) {}

  /** Without any; an agent that is removed takes its own along. */
  public InMemoryRegistrations(InMemoryStorage storage, InMemoryAgents agents) {
    this.storage = storage;
    this.agents = agents;
    this.rows = storage.table();
  }

  @Override
  public void joined(TenantId tenant, Flow flow, UUID registrationId, AgentId agent, Instant at) {
    storage.forTenant(
        tenant,
        () -> {
          agents.find(tenant, agent).orElseThrow();
          rows.put(new Key(tenant, flow, registrationId), new Row(agent, at));
          return true;
        });
  }

  @Override
  public Optional<AgentId> joinedAs(
      TenantId tenant, Flow flow, UUID registrationId, Instant since) {
    return storage.forTenant(
        tenant,
        () ->
            rows.find(new Key(tenant, flow, registrationId))
                .filter(row -> !row.at().isBefore(since))
                .filter(row -> agents.find(tenant, row.agent()).isPresent())
                .map(Row::agent));
  }
}

package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.util.Optional;

/** What is asked of agents, in memory. */
public final class InMemorySafeguards implements Safeguards {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryTable<AgentId, Asked> asked;

  /** Nothing, of those agents. */
  public InMemorySafeguards(InMemoryStorage storage, InMemoryAgents agents) {
    this.storage = storage;
    this.agents = agents;
    this.asked = storage.table();
  }

  @Override
  public Optional<Asked> find(TenantId tenant, AgentId agent) {
    return storage.forTenant(
        tenant,
        () -> agents.find(tenant, agent).map(known -> asked.find(agent).orElse(Asked.NOTHING)));
  }

  @Override
  public Optional<Asked> lock(TenantId tenant, AgentId agent) {
    return find(tenant, agent);
  }

  @Override
  public void replace(TenantId tenant, AgentId agent, Asked now) {
    storage.forTenant(
        tenant,
        () -> {
          agents.find(tenant, agent).orElseThrow();
          asked.put(agent, now);
          return true;
        });
  }
}

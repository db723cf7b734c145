package dev.muster.ports.out.fleet;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.util.Comparator;
import java.util.List;

/** What agents may do beside being agents, in memory. */
public final class InMemoryAgentGrants implements AgentGrants {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryTable<AgentId, List<AgentGrant>> grants;

  /** Without any. */
  public InMemoryAgentGrants(InMemoryStorage storage, InMemoryAgents agents) {
    this.storage = storage;
    this.agents = agents;
    this.grants = storage.table();
  }

  @Override
  public List<AgentGrant> of(TenantId tenant, AgentId agent) {
    return storage.forTenant(
        tenant,
        () -> agents.find(tenant, agent).flatMap(known -> grants.find(agent)).orElse(List.of()));
  }

  @Override
  public void replace(TenantId tenant, AgentId agent, List<AgentGrant> wanted) {
    storage.forTenant(
        tenant,
        () -> {
          agents.find(tenant, agent).orElseThrow();
          grants.put(
              agent, wanted.stream().sorted(Comparator.comparing(AgentGrant::permission)).toList());
          return true;
        });
  }
}

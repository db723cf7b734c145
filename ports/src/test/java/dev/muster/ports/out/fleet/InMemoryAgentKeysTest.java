package dev.muster.ports.out.fleet;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;

/** The contract, kept in memory. */
final class InMemoryAgentKeysTest extends AgentKeysContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected Sightings sightings() {
    return ports.agents();
  }

  @Override
  protected Agents agents() {
    return ports.agents();
  }

  @Override
  protected AgentKeys keys() {
    return ports.agentKeys();
  }

  @Override
  protected AgentLogins logins() {
    return ports.agentKeys();
  }

  @Override
  protected AgentGrants grants() {
    return ports.agentGrants();
  }

  @Override
  protected TenantId aTenant() {
    Tenant tenant = Samples.tenant();
    ports.tenants().add(tenant);
    return tenant.id();
  }
}

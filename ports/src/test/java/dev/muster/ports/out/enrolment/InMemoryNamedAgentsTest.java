package dev.muster.ports.out.enrolment;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.Sightings;

/** The contract, kept in memory. */
final class InMemoryNamedAgentsTest extends NamedAgentsContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected NamedAgents named() {
    return ports.namedAgents();
  }

  @Override
  protected SharedAgentPools pools() {
    return ports.sharedAgentPools();
  }

  @Override
  protected Sightings sightings() {
    return ports.agents();
  }

  @Override
  protected Agents agents() {
    return ports.agents();
  }

  @Override
  protected AgentLogins logins() {
    return ports.agentKeys();
  }

  @Override
  protected TenantId aTenant() {
    Tenant tenant = Samples.tenant();
    ports.tenants().add(tenant);
    return tenant.id();
  }
}

package dev.muster.ports.out.enrolment;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.Agents;

/** The contract, kept in memory. */
final class InMemoryRegistrationsTest extends RegistrationsContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected Registrations registrations() {
    return ports.registrations();
  }

  @Override
  protected Agents agents() {
    return ports.agents();
  }

  @Override
  protected TenantId aTenant() {
    Tenant tenant = Samples.tenant();
    ports.tenants().add(tenant);
    return tenant.id();
  }
}

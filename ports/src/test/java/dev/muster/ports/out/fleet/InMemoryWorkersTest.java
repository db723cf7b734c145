package dev.muster.ports.out.fleet;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;

/** The contract, kept in memory. */
final class InMemoryWorkersTest extends WorkersContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected Workers workers() {
    return ports.workers();
  }

  @Override
  protected WorkerDirectory directory() {
    return ports.workers();
  }

  @Override
  protected Sightings at(String replica) {
    return ports.agents().at(replica);
  }

  @Override
  protected Agents agents() {
    return ports.agents();
  }

  @Override
  protected Tenant aTenant() {
    Tenant tenant = Samples.tenant();
    ports.tenants().add(tenant);
    return tenant;
  }
}

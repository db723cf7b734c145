package dev.muster.ports.out.tenancy;

import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.Transactions;

/** The contract, kept in memory. */
final class InMemoryTenantsTest extends TenantsContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected Tenants tenants() {
    return ports.tenants();
  }

  @Override
  protected Transactions transactions() {
    return ports.transactions();
  }
}

package dev.muster.ports.out.tenancy;

import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;

/** The contract, kept in memory. */
final class InMemoryPlansTest extends PlansContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected Plans plans() {
    return ports.plans();
  }
}

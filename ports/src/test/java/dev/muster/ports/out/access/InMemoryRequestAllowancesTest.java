package dev.muster.ports.out.access;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;
import java.time.Instant;

/** The contract, kept in memory. */
final class InMemoryRequestAllowancesTest extends RequestAllowancesContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected RequestAllowances allowances() {
    return ports.requestAllowances();
  }

  @Override
  protected RequestAllowances elsewhere() {
    return ports.requestAllowances();
  }

  @Override
  protected GatheredAllowances gathered() {
    return ports.requestAllowances();
  }

  @Override
  protected QuietCallers quiet() {
    return ports.requestAllowances();
  }

  @Override
  protected TenantId aTenant() {
    Tenant tenant = Samples.tenant();
    ports.tenants().add(tenant);
    return tenant.id();
  }

  @Override
  protected Instant now() {
    return ports.clock().instant();
  }
}

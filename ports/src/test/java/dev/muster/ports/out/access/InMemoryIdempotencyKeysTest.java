package dev.muster.ports.out.access;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.Transactions;

/** The contract, kept in memory. */
final class InMemoryIdempotencyKeysTest extends IdempotencyKeysContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected IdempotencyKeys keys() {
    return ports.idempotencyKeys();
  }

  @Override
  protected ExpiredKeys expired() {
    return ports.idempotencyKeys();
  }

  @Override
  protected Transactions transactions() {
    return ports.transactions();
  }

  @Override
  protected TenantId aTenant() {
    Tenant tenant = Samples.tenant();
    ports.tenants().add(tenant);
    return tenant.id();
  }
}

package dev.muster.ports.out.audit;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;

/** The contract, kept in memory. */
final class InMemoryAuditChainsTest extends AuditChainsContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected AuditLog log() {
    return ports.auditLog();
  }

  @Override
  protected AuditChains chains() {
    return ports.auditChains();
  }

  @Override
  protected AuditRetentions retentions() {
    return ports.auditChains();
  }

  @Override
  protected TenantId aTenant() {
    Tenant tenant = Samples.tenant();
    ports.tenants().add(tenant);
    return tenant.id();
  }
}

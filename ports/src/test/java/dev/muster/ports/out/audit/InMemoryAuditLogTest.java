package dev.muster.ports.out.audit;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.Transactions;

/** The contract, kept in memory. */
final class InMemoryAuditLogTest extends AuditLogContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected AuditLog log() {
    return ports.auditLog();
  }

  @Override
  protected AuditArchive archive() {
    return ports.auditLog();
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

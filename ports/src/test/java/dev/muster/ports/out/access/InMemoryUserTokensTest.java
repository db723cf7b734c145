package dev.muster.ports.out.access;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;

/** The contract, kept in memory. */
final class InMemoryUserTokensTest extends UserTokensContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected UserTokens tokens() {
    return ports.userTokens();
  }

  @Override
  protected Users users() {
    return ports.users();
  }

  @Override
  protected TenantId aTenant() {
    Tenant tenant = Samples.tenant();
    ports.tenants().add(tenant);
    return tenant.id();
  }
}

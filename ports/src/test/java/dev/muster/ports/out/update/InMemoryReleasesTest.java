package dev.muster.ports.out.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import java.util.UUID;

class InMemoryReleasesTest extends ReleasesContract {
  private final InMemoryReleases releases = new InMemoryReleases(new InMemoryStorage());

  @Override
  protected Ports ports() {
    return new Ports(releases, releases, releases);
  }

  @Override
  protected AgentId agentOf(TenantId tenant) {
    return new AgentId(UUID.randomUUID());
  }
}

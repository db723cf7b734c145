package dev.muster.ports.out.update;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.fleet.AgentKeys.SealedUpdateKey;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

class InMemoryReleasesTest extends ReleasesContract {
  private final InMemoryPorts in = new InMemoryPorts(Instant.EPOCH);

  @Override
  protected Ports ports() {
    return new Ports(in.releases(), in.releases(), in.releases(), in.nudges());
  }

  @Override
  protected AgentId agentOf(TenantId tenant) {
    return new AgentId(UUID.randomUUID());
  }

  @Override
  protected AgentId updatable(@Nullable String region, Instant seenAt) {
    UUID id = UUID.randomUUID();
    Agent agent =
        new Agent(
            new AgentId(id),
            TenantId.SYSTEM,
            new AgentName("a-" + id),
            Abilities.of(Set.of(), Set.of(), region),
            Tenant.DEFAULT_WORKER_TYPE,
            null,
            1,
            0,
            true,
            false,
            "1.2.3",
            seenAt,
            seenAt);
    in.agents().add(agent.tenant(), agent);
    in.agentKeys()
        .keepUpdateKey(agent.tenant(), agent.id(), new SealedUpdateKey(1, new byte[] {2, 1}));
    return agent.id();
  }
}

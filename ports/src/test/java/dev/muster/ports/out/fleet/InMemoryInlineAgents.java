package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.Agent;
import dev.muster.ports.out.InMemoryStorage;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The workers within replicas, in memory. */
public final class InMemoryInlineAgents implements InlineAgents {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final BooleanSupplier needed;

  /**
   * Of these agents.
   *
   * @param needed whether somebody works inline, or has a job that waits for one of them
   */
  public InMemoryInlineAgents(
      InMemoryStorage storage, InMemoryAgents agents, BooleanSupplier needed) {
    this.storage = storage;
    this.agents = agents;
    this.needed = needed;
  }

  @Override
  public boolean areNeeded() {
    return storage.forAllTenants(needed::getAsBoolean);
  }

  @Override
  public List<Agent> removeAbandoned(Instant offlineSince, int limit) {
    return storage.forAllTenants(() -> {
      List<Agent> abandoned =
          agents
              .all()
              .filter(agent -> agent.isInline() && agent.leased() == 0)
              .filter(
                  agent -> agent.lastSeenAt() != null && agent.lastSeenAt().isBefore(offlineSince))
              .limit(limit)
              .toList();
      abandoned.forEach(agent -> agents.remove(agent.tenant(), agent.id()));
      return abandoned;
    });
  }
}

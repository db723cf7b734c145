package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.fleet.WorkerQueries.Worker;
import dev.muster.ports.in.fleet.WorkerQueries.WorkerFilter;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.tenancy.Tenants;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Optional;

/** The agents that are connected, in memory. */
public final class InMemoryWorkers implements Workers, WorkerDirectory {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final Tenants tenants;

  /** Of these agents. */
  public InMemoryWorkers(InMemoryStorage storage, InMemoryAgents agents, Tenants tenants) {
    this.storage = storage;
    this.agents = agents;
    this.tenants = tenants;
  }

  @Override
  public Page<Worker> connected(
      TenantId tenant, WorkerFilter filter, Instant onlineSince, PageRequest page) {
    return storage.forTenant(tenant, () -> page(filter.ofTenant(tenant), onlineSince, page));
  }

  @Override
  public Page<Worker> connected(WorkerFilter filter, Instant onlineSince, PageRequest page) {
    return storage.forAllTenants(() -> page(filter, onlineSince, page));
  }

  private Page<Worker> page(WorkerFilter filter, Instant onlineSince, PageRequest page) {
    return InMemoryPages.newestFirst(
        agents
            .all()
            .filter(agent -> storage.sees(agent.tenant()) && !agent.isInline())
            .filter(agent -> agent.enabled() && isOnline(agent, onlineSince))
            .filter(agent -> filter.tenant() == null || filter.tenant().equals(agent.tenant()))
            .map(this::worker)
            .flatMap(Optional::stream)
            .filter(w -> filter.replica() == null || filter.replica().equals(w.replica())),
        worker -> new Cursor(worker.agent().createdAt(), worker.agent().id().value()),
        page);
  }

  private Optional<Worker> worker(Agent agent) {
    return agents
        .connectionOf(agent.id())
        .map(connection ->
            new Worker(
                agent,
                agent.tenant().isSystem()
                    ? agent.servesTenant()
                    : tenants.find(agent.tenant()).map(Tenant::slug).orElseThrow(),
                connection.replica(),
                connection.since()));
  }

  private static boolean isOnline(Agent agent, Instant onlineSince) {
    return agent.lastSeenAt() != null && agent.lastSeenAt().isAfter(onlineSince);
  }
}

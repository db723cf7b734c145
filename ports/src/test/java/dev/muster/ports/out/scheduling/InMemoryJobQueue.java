package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.QueueView;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantLoad;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.fleet.InMemoryAgents;
import dev.muster.ports.out.job.InMemoryJobDirectory;
import dev.muster.ports.out.job.InMemoryJobTable;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queue of all tenants, in memory. */
public final class InMemoryJobQueue implements JobQueue {
  private final InMemoryStorage storage;
  private final InMemoryJobTable table;
  private final InMemoryAgents agents;
  private final Tenants tenants;
  private final Plans plans;

  private record Lane(
      TenantId tenant, Pool pool, String workerType, Priority priority, Requirements needs) {}

  private record Kind(
      TenantId tenant, Abilities abilities, String workerType, @Nullable TenantSlug serves) {}

  /** Of the jobs in a table. */
  public InMemoryJobQueue(
      InMemoryStorage storage,
      InMemoryJobTable table,
      InMemoryAgents agents,
      Tenants tenants,
      Plans plans) {
    this.storage = storage;
    this.table = table;
    this.agents = agents;
    this.tenants = tenants;
    this.plans = plans;
  }

  @Override
  public QueueView view(
      Set<TenantId> agentTenants,
      int window,
      Instant now,
      Instant onlineSince,
      Duration regionPatience) {
    return storage.forAllTenants(() -> {
      List<QueuedJob> candidates = candidates(agentTenants, window);
      Map<TenantId, TenantLoad> loads = new HashMap<>();
      candidates.forEach(job -> loads.put(job.tenant(), load(tenant(job.tenant()))));
      return new QueueView(
          now, loads, candidates, online(agentTenants, onlineSince), regionPatience);
    });
  }

  private List<QueuedJob> candidates(Set<TenantId> agentTenants, int window) {
    Map<Lane, List<QueuedJob>> lanes =
        table
            .all()
            .filter(row -> row.due() && row.job().status() == JobStatus.QUEUED)
            .map(Row::job)
            .filter(job -> agentTenants.contains(agentTenantOf(job)))
            .filter(job -> mayStart(tenant(job.tenant())))
            .map(InMemoryJobDirectory::asPlanned)
            .collect(
                Collectors.groupingBy(
                    InMemoryJobQueue::lane, LinkedHashMap::new, Collectors.toList()));
    return lanes.values().stream().flatMap(lane -> first(lane, window)).toList();
  }

  private static Stream<QueuedJob> first(List<QueuedJob> lane, int window) {
    Comparator<QueuedJob> order =
        Comparator.comparing(QueuedJob::queuedAt)
            .thenComparing(job -> job.id().value(), InMemoryPages.BY_ID);
    return lane.stream().sorted(order).limit(window);
  }

  private static Lane lane(QueuedJob job) {
    return new Lane(job.tenant(), job.pool(), job.workerType(), job.priority(), job.requirements());
  }

  private static TenantId agentTenantOf(Job job) {
    return job.pool() == Pool.SHARED ? TenantId.SYSTEM : job.tenant();
  }

  private Tenant tenant(TenantId id) {
    return tenants.find(id).orElseThrow();
  }

  private boolean mayStart(Tenant tenant) {
    return tenant.workerMode() == WorkerMode.AGENT && load(tenant).room() > 0;
  }

  private TenantLoad load(Tenant tenant) {
    int cap = tenant.status() == TenantStatus.ACTIVE ? tenant.cap(plans.get(tenant.plan())) : 0;
    return new TenantLoad(tenant.id(), tenant.slug(), table.running(tenant.id()), cap);
  }

  private List<Seeker> online(Set<TenantId> agentTenants, Instant onlineSince) {
    Map<Kind, List<Agent>> kinds =
        agents
            .all()
            .filter(agent -> agentTenants.contains(agent.tenant()) && agent.takesWork())
            .filter(agent -> agent.lastSeenAt() != null && agent.lastSeenAt().isAfter(onlineSince))
            .collect(Collectors.groupingBy(InMemoryJobQueue::kind));
    return kinds.values().stream().map(InMemoryJobQueue::together).toList();
  }

  private static Kind kind(Agent agent) {
    return new Kind(agent.tenant(), agent.abilities(), agent.workerType(), agent.servesTenant());
  }

  private static Seeker together(List<Agent> alike) {
    Agent one = alike.getFirst();
    int leased = alike.stream().mapToInt(Agent::leased).sum();
    int free = alike.stream().mapToInt(Agent::freeSlots).sum();
    return new Seeker(
        one.id(),
        one.tenant(),
        one.abilities(),
        one.workerType(),
        one.servesTenant(),
        Math.max(1, free),
        leased,
        leased + free);
  }

  @Override
  public Optional<TenantLoad> loadOf(TenantId tenant) {
    return storage.forAllTenants(() -> tenants.find(tenant).map(this::load));
  }

  @Override
  public List<LeasedJob> assign(List<Assignment> plan, Instant now, Instant leaseUntil) {
    return storage.forAllTenants(() -> {
      List<LeasedJob> assigned = new ArrayList<>();
      for (Assignment step : plan) {
        if (isPossible(step)) {
          assigned.add(assign(step, now, leaseUntil));
        }
      }
      return assigned;
    });
  }

  private boolean isPossible(Assignment step) {
    Optional<Row> row = table.find(step.grant().job());
    Optional<Agent> agent = agents.known(step.grant().agent());
    return row.isPresent()
        && agent.isPresent()
        && row.get().due()
        && row.get().job().status() == JobStatus.QUEUED
        && agentTenantOf(row.get().job()).equals(agent.get().tenant())
        && load(tenant(row.get().job().tenant())).room() > 0
        && agent.get().takesWork()
        && agent.get().freeSlots() > 0;
  }

  private LeasedJob assign(Assignment step, Instant now, Instant leaseUntil) {
    AgentId agent = step.grant().agent();
    Job job = table.find(step.grant().job()).orElseThrow().job().assignedTo(agent, now, leaseUntil);
    table.put(new Row(job, true, step.claimId(), 0, false));
    table.add(job.id(), new Attempt(job.attempt(), agent, now, null, null, null, null));
    return leased(job);
  }

  private LeasedJob leased(Job job) {
    return new LeasedJob(job, tenant(job.tenant()).slug());
  }

  @Override
  public List<LeasedJob> assignedUnder(Map<AgentId, String> claimIds) {
    return storage.forAllTenants(() ->
        table
            .all()
            .filter(row -> row.job().status() == JobStatus.ASSIGNED && row.claimId() != null)
            .filter(row ->
                row.job().agent() instanceof AgentId agent
                    && row.claimId().equals(claimIds.get(agent)))
            .map(row -> leased(row.job()))
            .toList());
  }
}

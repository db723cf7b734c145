package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.AgentCrowd;
import dev.muster.domain.scheduling.Grant;
import dev.muster.domain.scheduling.LaneEnd;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.fleet.InMemoryAgents;
import dev.muster.ports.out.job.InMemoryJobDirectory;
import dev.muster.ports.out.job.InMemoryJobTable;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.Tenants;
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
import org.jspecify.annotations.Nullable;

/** The queue of all tenants, in memory. */
public final class InMemoryJobQueue implements JobQueue {
  private static final Comparator<QueuedJob> ORDER =
      Comparator.comparing(QueuedJob::queuedAt)
          .thenComparing(job -> job.id().value(), InMemoryPages.BY_ID);

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
  public List<TenantStanding> standings() {
    return storage.forAllTenants(() ->
        table
            .all()
            .map(Row::job)
            .filter(job -> !job.status().isFinal())
            .map(Job::tenant)
            .distinct()
            .map(this::standing)
            .toList());
  }

  @Override
  public Optional<TenantStanding> standingOf(TenantId tenant) {
    return storage.forAllTenants(() -> tenants.find(tenant).map(known -> standing(known.id())));
  }

  private TenantStanding standing(TenantId id) {
    Tenant tenant = tenant(id);
    Plan plan = plans.get(tenant.plan());
    InMemoryJobTable.Counts counts = table.counts(id);
    List<Job> running =
        table
            .all()
            .map(Row::job)
            .filter(job -> job.tenant().equals(id) && job.status().isLeased())
            .toList();
    return new TenantStanding(
        id,
        tenant.slug(),
        counts.version(),
        tenant.status() == TenantStatus.ACTIVE,
        table.queued(id),
        running.size(),
        (int) running.stream().filter(job -> job.pool() == Pool.SHARED).count(),
        tenant.cap(plan),
        tenant.effectiveWeight(plan),
        counts.virtualTime(),
        counts.arrivals());
  }

  @Override
  public Map<TenantId, List<LaneStart>> lanes(Set<TenantId> wanted, int window) {
    return storage.forAllTenants(() -> {
      Map<TenantId, List<LaneStart>> found = new HashMap<>();
      lanes()
          .forEach((lane, jobs) -> {
            if (wanted.contains(lane.tenant())) {
              found
                  .computeIfAbsent(lane.tenant(), tenant -> new ArrayList<>())
                  .add(new LaneStart(first(jobs, window), jobs.size() < window));
            }
          });
      return found;
    });
  }

  @Override
  public List<QueuedJob> after(LaneEnd end, int most) {
    return storage.forAllTenants(() ->
        first(
            lanes().getOrDefault(lane(end.last()), List.of()).stream()
                .filter(job -> ORDER.compare(job, end.last()) > 0)
                .toList(),
            most));
  }

  private Map<Lane, List<QueuedJob>> lanes() {
    return table
        .all()
        .filter(row -> row.due() && row.job().status() == JobStatus.QUEUED)
        .map(row -> InMemoryJobDirectory.asPlanned(row.job()))
        .collect(
            Collectors.groupingBy(InMemoryJobQueue::lane, LinkedHashMap::new, Collectors.toList()));
  }

  private static List<QueuedJob> first(List<QueuedJob> lane, int most) {
    return lane.stream().sorted(ORDER).limit(most).toList();
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

  @Override
  public OnlineAgents online(Instant since) {
    return storage.forAllTenants(() -> {
      List<Agent> online =
          agents
              .all()
              .filter(Agent::takesWork)
              .filter(agent -> agent.lastSeenAt() != null && agent.lastSeenAt().isAfter(since))
              .toList();
      return new OnlineAgents(
          online.stream().collect(Collectors.groupingBy(InMemoryJobQueue::kind)).values().stream()
              .map(InMemoryJobQueue::together)
              .toList(),
          online.stream()
              .filter(agent -> agent.tenant().isSystem())
              .mapToInt(Agent::maxConcurrent)
              .sum());
    });
  }

  @Override
  public List<AgentCrowd> crowds(TenantId owner, Instant since) {
    return storage.forAllTenants(() ->
        agents
            .all()
            .filter(agent -> agent.tenant().equals(owner))
            .collect(Collectors.groupingBy(InMemoryJobQueue::kind))
            .values()
            .stream()
            .map(alike -> crowd(alike, since))
            .toList());
  }

  private static AgentCrowd crowd(List<Agent> alike, Instant since) {
    List<Agent> online =
        alike.stream()
            .filter(agent -> agent.lastSeenAt() != null && agent.lastSeenAt().isAfter(since))
            .toList();
    List<Agent> taking = online.stream().filter(Agent::takesWork).toList();
    return new AgentCrowd(
        together(alike),
        alike.size(),
        online.size(),
        taking.size(),
        taking.stream().mapToInt(Agent::freeSlots).sum());
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
  public Execution execute(List<Assignment> plan, Instant now, Instant leaseUntil) {
    return storage.forAllTenants(() -> {
      List<LeasedJob> started = new ArrayList<>();
      List<Planned> waiting = new ArrayList<>();
      for (Assignment step : plan) {
        if (hasRoom(step) && isThere(step)) {
          started.add(assign(step, now, leaseUntil));
        } else if (isWaiting(step)) {
          waiting.add(step.planned());
        }
      }
      return new Execution(
          started,
          waiting,
          started.stream()
              .map(leased -> leased.job().tenant())
              .distinct()
              .map(this::standing)
              .toList());
    });
  }

  private boolean hasRoom(Assignment step) {
    Grant grant = step.planned().grant();
    return standing(grant.tenant()).room() > 0
        && agents
            .known(grant.agent())
            .filter(agent -> agent.takesWork() && agent.freeSlots() > 0)
            .isPresent();
  }

  private boolean isThere(Assignment step) {
    Grant grant = step.planned().grant();
    Agent agent = agents.known(grant.agent()).orElseThrow();
    return table
        .find(grant.job())
        .filter(row -> row.due() && row.job().status() == JobStatus.QUEUED)
        .filter(row -> agentTenantOf(row.job()).equals(agent.tenant()))
        .isPresent();
  }

  private boolean isWaiting(Assignment step) {
    return table
        .find(step.planned().grant().job())
        .filter(row -> row.due() && row.job().status() == JobStatus.QUEUED)
        .isPresent();
  }

  private LeasedJob assign(Assignment step, Instant now, Instant leaseUntil) {
    Grant grant = step.planned().grant();
    AgentId agent = grant.agent();
    Job job = table.find(grant.job()).orElseThrow().job().assignedTo(agent, now, leaseUntil);
    table.put(new Row(job, true, step.claimId(), 0, false));
    table.spend(
        grant.tenant(), step.planned().virtualTimeFloor(), standing(grant.tenant()).startCost());
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

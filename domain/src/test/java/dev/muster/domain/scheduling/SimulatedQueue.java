package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The queue as storage has it: what a plan does to it, and how a memory reads it. */
final class SimulatedQueue {
  private static final Comparator<QueuedJob> LANE_ORDER =
      Comparator.comparing(QueuedJob::queuedAt)
          .thenComparing(job -> job.id().value().getMostSignificantBits(), Long::compareUnsigned)
          .thenComparing(job -> job.id().value().getLeastSignificantBits(), Long::compareUnsigned);

  /** One tenant's row and jobs. */
  static final class Tenant {
    final TenantId id;
    final TenantSlug slug;
    boolean open = true;
    int cap = 1_000_000;
    int weight = 1;
    long virtualTime;
    long arrivals;
    long version;
    int runningShared;
    final TreeSet<QueuedJob> queued = new TreeSet<>(LANE_ORDER);
    final List<QueuedJob> running = new ArrayList<>();

    Tenant(int number) {
      id = Queue.tenant(number);
      slug = Queue.slug(number);
    }

    TenantStanding standing() {
      return new TenantStanding(
          id,
          slug,
          version,
          open,
          queued.size(),
          running.size(),
          runningShared,
          cap,
          weight,
          virtualTime,
          arrivals);
    }
  }

  private record LaneKey(Object pool, String workerType, Object priority, Object requirements) {}

  private final Map<TenantId, Tenant> tenants = new LinkedHashMap<>();

  Tenant tenant(int number) {
    return tenants.computeIfAbsent(Queue.tenant(number), id -> new Tenant(number));
  }

  Tenant of(QueuedJob job) {
    return tenants.get(job.tenant());
  }

  Collection<Tenant> tenants() {
    return tenants.values();
  }

  TenantStanding add(Tenant tenant, List<QueuedJob> jobs) {
    tenant.queued.addAll(jobs);
    tenant.arrivals += jobs.size();
    tenant.version++;
    return tenant.standing();
  }

  TenantStanding complete(QueuedJob job) {
    Tenant tenant = of(job);
    if (!tenant.running.remove(job)) {
      throw new IllegalStateException("not running");
    }
    tenant.runningShared -= job.pool() == Pool.SHARED ? 1 : 0;
    tenant.version++;
    return tenant.standing();
  }

  /** Carries a plan out, but for what is queued no more; answers the rows of those started. */
  List<TenantStanding> start(Collection<Planned> plan) {
    Map<TenantId, List<Planned>> byTenant =
        plan.stream()
            .filter(planned -> of(planned.job()).queued.contains(planned.job()))
            .collect(
                Collectors.groupingBy(
                    planned -> planned.job().tenant(), LinkedHashMap::new, Collectors.toList()));
    return byTenant.values().stream().map(this::startOfOne).toList();
  }

  private TenantStanding startOfOne(List<Planned> starts) {
    Tenant tenant = of(starts.getFirst().job());
    if (tenant.running.size() + starts.size() > tenant.cap) {
      throw new IllegalStateException("above the cap");
    }
    long floor = starts.stream().mapToLong(Planned::virtualTimeFloor).max().orElseThrow();
    tenant.virtualTime =
        Math.max(tenant.virtualTime, floor) + starts.size() * tenant.standing().startCost();
    for (Planned start : starts) {
      tenant.queued.remove(start.job());
      tenant.running.add(start.job());
      tenant.runningShared += start.job().pool() == Pool.SHARED ? 1 : 0;
    }
    tenant.version++;
    return tenant.standing();
  }

  List<TenantStanding> standings() {
    return tenants.values().stream()
        .filter(tenant -> !tenant.queued.isEmpty() || !tenant.running.isEmpty())
        .map(Tenant::standing)
        .toList();
  }

  List<ReferenceScheduler.Tenant> whole() {
    return tenants.values().stream()
        .map(tenant -> new ReferenceScheduler.Tenant(tenant.standing(), List.copyOf(tenant.queued)))
        .toList();
  }

  /** Lets a memory read what it asks for, until it asks for nothing more. */
  void answer(Backlog backlog, int most) {
    for (TenantId id : backlog.unread()) {
      read(backlog, tenants.get(id), most);
    }
    for (LaneEnd end : backlog.runningLow()) {
      List<QueuedJob> rest =
          of(end.last()).queued.tailSet(end.last(), false).stream()
              .filter(job -> lane(job).equals(lane(end.last())))
              .toList();
      backlog.continued(end, rest.subList(0, Math.min(most, rest.size())), rest.size() <= most);
    }
  }

  void read(Backlog backlog, Tenant tenant, int most) {
    Map<LaneKey, List<QueuedJob>> lanes =
        tenant.queued.stream()
            .collect(Collectors.groupingBy(SimulatedQueue::lane, Collectors.toList()));
    backlog.read(
        tenant.id,
        tenant.arrivals,
        lanes.values().stream()
            .map(jobs ->
                new LaneStart(jobs.subList(0, Math.min(most, jobs.size())), jobs.size() <= most))
            .toList());
  }

  private static LaneKey lane(QueuedJob job) {
    return new LaneKey(job.pool(), job.workerType(), job.priority(), job.requirements());
  }
}

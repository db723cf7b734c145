package dev.muster.domain.scheduling;

import dev.muster.domain.scheduling.ReplayedJob.State;
import dev.muster.domain.tenancy.TenantId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The queue in a {@link Simulation}: counts as storage would, and has a backlog hear of it. */
final class ReplayedQueue {
  private final Backlog backlog;
  private final Map<TenantId, ReplayedTenant> tenants = new LinkedHashMap<>();

  /**
   * Without any jobs.
   *
   * @param slack how many starts a tenant may be ahead of the one that is furthest behind
   */
  ReplayedQueue(World world, int slack) {
    int most = world.queue().size() + world.leased().size();
    backlog = new Backlog(slack, Math.max(1, most), 0);
    world.tenants().forEach(each -> tenants.put(each.tenant(), new ReplayedTenant(each)));
  }

  /** All whose jobs may stand here. */
  Set<TenantId> tenants() {
    return tenants.keySet();
  }

  /**
   * What there is in the beginning.
   *
   * @param waiting jobs that are queued, due or not
   * @param running jobs that agents have
   */
  void open(List<ReplayedJob> waiting, List<ReplayedJob> running) {
    waiting.forEach(job -> tenant(job).queues());
    running.forEach(job -> tenant(job).runs(job.job().pool()));
    backlog.standings(tenants.values().stream().map(ReplayedTenant::standing).toList());
    Map<TenantId, List<QueuedJob>> due =
        waiting.stream()
            .filter(job -> job.state() == State.WAITING)
            .map(ReplayedJob::job)
            .collect(Collectors.groupingBy(QueuedJob::tenant));
    for (TenantId tenant : tenants.keySet()) {
      List<LaneStart> lanes = LaneStart.whole(due.getOrDefault(tenant, List.of()));
      backlog.read(tenant, backlog.arrivals(tenant), lanes);
    }
  }

  /** Whether no tenant has anything queued that it may start. */
  boolean isIdle() {
    return backlog.isIdle();
  }

  /** An attempt has ended; where another follows the job is queued again, and not due yet. */
  void ended(ReplayedJob job) {
    ReplayedTenant tenant = tenant(job);
    tenant.ends(job.job().pool());
    if (job.state() == State.DELAYED) {
      tenant.queues();
    }
    backlog.standing(tenant.standing());
  }

  /** A job that was queued has become due. */
  void enters(ReplayedJob job) {
    ReplayedTenant tenant = tenant(job);
    tenant.arrives();
    backlog.arrived(tenant.standing(), List.of(job.job()));
  }

  /** A job leaves its lane without having been started. */
  void leaves(ReplayedJob job) {
    ReplayedTenant tenant = tenant(job);
    tenant.loses();
    backlog.left(tenant.standing(), job.job());
  }

  /** What starts where now; all of it is taken to start. */
  List<Planned> start(WaitingAgents agents, Circumstances circumstances) {
    List<Planned> plan = backlog.plan(agents, circumstances);
    Set<ReplayedTenant> started = new LinkedHashSet<>();
    for (Planned planned : plan) {
      ReplayedTenant tenant = tenant(planned.job().tenant());
      tenant.starts(planned);
      started.add(tenant);
    }
    backlog.settled(started.stream().map(ReplayedTenant::standing).toList(), List.of());
    return plan;
  }

  private ReplayedTenant tenant(ReplayedJob job) {
    return tenant(job.job().tenant());
  }

  private ReplayedTenant tenant(TenantId id) {
    ReplayedTenant tenant = tenants.get(id);
    if (tenant == null) {
      throw new IllegalStateException("no such tenant");
    }
    return tenant;
  }
}

package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a {@link Simulation} comes down to where all jobs are due and every attempt completes, none
 * expires and no region is preferred: a slot that is free is given away, and nothing else happens.
 */
final class PlainReplay {
  private record End(Instant at, TenantId tenant, Pool pool, AgentId agent) {}

  private final World world;
  private final Backlog backlog;
  private final ReplayedFleet fleet;
  private final Map<TenantId, ReplayedTenant> tenants =
      new TreeMap<>(Comparator.comparing(TenantId::value));
  private final Map<JobId, Duration> waits = new HashMap<>();
  private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparing(End::at));

  private PlainReplay(World world) {
    this.world = world;
    backlog = new Backlog(10, Math.max(1, world.queue().size()), 0);
    fleet = new ReplayedFleet(world.agents(), new SplittableRandom(1));
    world.tenants().forEach(each -> tenants.put(each.tenant(), new ReplayedTenant(each)));
  }

  /** How long each job waits that starts. */
  static Map<JobId, Duration> waits(World world, Duration horizon) {
    PlainReplay replay = new PlainReplay(world);
    replay.begin();
    replay.start(world.now());
    replay.goOn(world.now().plus(horizon));
    return replay.waits;
  }

  private void begin() {
    for (World.Leased each : world.leased()) {
      tenants.get(each.job().tenant()).runs(each.job().pool());
      fleet.has(each.agent());
      ends.add(end(each.job(), each.agent(), world.now().plus(each.rest())));
    }
    world.queue().forEach(each -> tenants.get(each.job().tenant()).queues());
    backlog.standings(tenants.values().stream().map(ReplayedTenant::standing).toList());
    world.queue().stream()
        .map(World.Waiting::job)
        .collect(Collectors.groupingBy(QueuedJob::tenant))
        .forEach((tenant, jobs) ->
            backlog.read(tenant, backlog.arrivals(tenant), LaneStart.whole(jobs)));
  }

  private void goOn(Instant horizon) {
    while (!ends.isEmpty() && !ends.peek().at().isAfter(horizon)) {
      Instant now = ends.peek().at();
      while (!ends.isEmpty() && ends.peek().at().equals(now)) {
        End end = ends.remove();
        fleet.done(end.agent());
        tenants.get(end.tenant()).ends(end.pool());
        backlog.standing(tenants.get(end.tenant()).standing());
      }
      start(now);
    }
  }

  private void start(Instant now) {
    fleet.call(tenants.keySet());
    List<Planned> plan =
        backlog.plan(
            fleet.waiting(),
            new Circumstances(now, fleet.kinds(), fleet.sharedSlots(), Queue.PATIENCE));
    Map<JobId, Course> courses =
        world.queue().stream().collect(Collectors.toMap(w -> w.job().id(), World.Waiting::course));
    for (Planned planned : plan) {
      QueuedJob job = planned.job();
      AgentId agent = planned.grant().agent();
      fleet.given(agent);
      tenants.get(job.tenant()).starts(planned);
      waits.put(job.id(), Duration.between(world.now(), now));
      ends.add(end(job, agent, now.plus(courses.get(job.id()).completes())));
    }
    backlog.settled(tenants.values().stream().map(ReplayedTenant::standing).toList(), List.of());
    fleet.dismiss(tenants.keySet());
  }

  private static End end(QueuedJob job, AgentId agent, Instant at) {
    return new End(at, job.tenant(), job.pool(), agent);
  }
}

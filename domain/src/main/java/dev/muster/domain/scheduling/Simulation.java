package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replays a queue over time that is only imagined: what would start when if nothing else came.
 *
 * <p>It decides nothing itself. A {@link Backlog} plans as it does on a replica, whenever a slot
 * has become free or a job has lost its patience for a region; each start keeps its slot for as
 * long as its job is assumed to run. The same for the same world and lots.
 */
public final class Simulation {
  /**
   * What holds beside the world.
   *
   * @param slack how many starts a tenant may be ahead of the one that is furthest behind
   * @param regionPatience how long a job waits for its preferred region
   * @param horizon how far time is imagined
   */
  public record Rules(int slack, Duration regionPatience, Duration horizon) {}

  /**
   * Something may be able to start now.
   *
   * @param agent who becomes free of a job in {@code pool}, or null where patience ends
   */
  private record Event(Instant at, TenantId tenant, Pool pool, @Nullable AgentId agent) {}

  private final World world;
  private final Rules rules;
  private final Backlog backlog;
  private final ReplayedFleet fleet;
  private final Map<TenantId, ReplayedTenant> tenants = new LinkedHashMap<>();
  private final Map<JobId, Duration> runs = new HashMap<>();
  private final Map<JobId, Duration> waits = new HashMap<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
  private final List<Seeker> kinds;
  private final int capacity;

  private Simulation(World world, Rules rules, RandomGenerator lots) {
    this.world = world;
    this.rules = rules;
    backlog = new Backlog(rules.slack(), Math.max(1, world.queue().size()), 0);
    fleet = new ReplayedFleet(world.agents(), lots);
    world.tenants().forEach(each -> tenants.put(each.tenant(), new ReplayedTenant(each)));
    kinds = fleet.kinds();
    capacity = fleet.sharedSlots();
  }

  /**
   * Who would wait how long.
   *
   * @param lots order agents that are equally loaded
   */
  public static Forecast run(World world, Rules rules, RandomGenerator lots) {
    Simulation simulation = new Simulation(world, rules, lots);
    simulation.lease();
    simulation.queue();
    simulation.replay();
    return new Forecasting(world, simulation.waits, simulation.kinds)
        .forecast(simulation.fleet.size(), simulation.fleet.slots());
  }

  private void lease() {
    for (World.Leased leased : world.leased()) {
      ReplayedTenant tenant = tenants.get(leased.tenant());
      if (tenant != null) {
        tenant.runs(leased.pool());
        fleet.has(leased.agent());
        events.add(
            new Event(
                world.now().plus(leased.runs()), leased.tenant(), leased.pool(), leased.agent()));
      }
    }
  }

  private void queue() {
    Map<TenantId, List<QueuedJob>> queues =
        world.queue().stream()
            .map(World.Waiting::job)
            .collect(Collectors.groupingBy(QueuedJob::tenant));
    queues.forEach((tenant, jobs) -> tenant(tenant).queues(jobs.size()));
    backlog.standings(tenants.values().stream().map(ReplayedTenant::standing).toList());
    queues.forEach((tenant, jobs) -> backlog.read(tenant, backlog.arrivals(tenant), lanes(jobs)));
    for (World.Waiting waiting : world.queue()) {
      runs.put(waiting.job().id(), waiting.runs());
      awaitImpatience(waiting.job());
    }
  }

  private record LaneKey(Object pool, String workerType, Object priority, Object requirements) {}

  private static List<LaneStart> lanes(List<QueuedJob> jobs) {
    return jobs.stream()
        .sorted(Comparator.comparing(QueuedJob::queuedAt))
        .collect(
            Collectors.groupingBy(
                job ->
                    new LaneKey(job.pool(), job.workerType(), job.priority(), job.requirements()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(lane -> new LaneStart(lane, true))
        .toList();
  }

  private void awaitImpatience(QueuedJob job) {
    Instant impatient = job.queuedAt().plus(rules.regionPatience()).plusNanos(1);
    if (job.requirements().preferredRegion() != null && impatient.isAfter(world.now())) {
      events.add(new Event(impatient, job.tenant(), job.pool(), null));
    }
  }

  private void replay() {
    Instant end = world.now().plus(rules.horizon());
    start(world.now(), tenants.keySet());
    while (waits.size() < runs.size() && !events.isEmpty() && !events.peek().at().isAfter(end)) {
      Instant now = events.peek().at();
      Set<TenantId> touched = new LinkedHashSet<>();
      while (!events.isEmpty() && events.peek().at().equals(now)) {
        touched.add(happen(events.remove()));
      }
      start(now, touched);
    }
  }

  private TenantId happen(Event event) {
    AgentId agent = event.agent();
    if (agent != null) {
      fleet.done(agent);
      ReplayedTenant tenant = tenant(event.tenant());
      tenant.ends(event.pool());
      backlog.standing(tenant.standing());
    }
    return event.tenant();
  }

  /** Starts what can start, as a replica does that all agents wait on. */
  private void start(Instant now, Set<TenantId> touched) {
    fleet.call(touched);
    List<Planned> plan =
        backlog.plan(
            fleet.waiting(), new Circumstances(now, kinds, capacity, rules.regionPatience()));
    Set<TenantId> started = new HashSet<>();
    for (Planned planned : plan) {
      QueuedJob job = planned.job();
      fleet.given(planned.grant().agent());
      tenant(job.tenant()).starts(planned);
      started.add(job.tenant());
      waits.put(job.id(), Duration.between(world.now(), now));
      events.add(
          new Event(
              now.plus(runs.getOrDefault(job.id(), Duration.ZERO)),
              job.tenant(),
              job.pool(),
              planned.grant().agent()));
    }
    backlog.settled(started.stream().map(tenant -> tenant(tenant).standing()).toList(), List.of());
    fleet.dismiss(touched);
  }

  private ReplayedTenant tenant(TenantId id) {
    ReplayedTenant tenant = tenants.get(id);
    if (tenant == null) {
      throw new IllegalStateException("no such tenant");
    }
    return tenant;
  }
}

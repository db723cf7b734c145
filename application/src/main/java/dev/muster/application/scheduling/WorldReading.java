package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.Courses;
import dev.muster.domain.scheduling.Prospect;
import dev.muster.domain.scheduling.Prospect.Experience;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.scheduling.WhatIf;
import dev.muster.domain.scheduling.World;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Violation;
import dev.muster.ports.in.scheduling.SchedulerSimulation;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Question;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.JobQueue;
import dev.muster.ports.out.scheduling.QueueSnapshots;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.Tenants;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads queue and fleet for a simulation, in one transaction and in bounds. Thread-safe. */
public final class WorldReading {
  private static final Duration LOOK_BACK = Duration.ofDays(1);
  private static final int SAMPLE = 10_000;
  private static final int MOST_AGENTS = 10_000;
  private static final int MOST_LEASED = 100_000;

  /** Each start goes through the tenants that contend, and each look through the agents. */
  private static final int MOST_WORK = 20_000_000;

  private final Transactions transactions;
  private final JobQueue queue;
  private final QueueSnapshots snapshots;
  private final Tenants tenants;
  private final Plans plans;
  private final InstantSource clock;
  private final Duration lease;

  /**
   * Reads from the given ports.
   *
   * @param lease agents seen within it are online
   */
  public WorldReading(
      Transactions transactions,
      JobQueue queue,
      QueueSnapshots snapshots,
      Tenants tenants,
      Plans plans,
      InstantSource clock,
      Duration lease) {
    this.transactions = transactions;
    this.queue = queue;
    this.snapshots = snapshots;
    this.tenants = tenants;
    this.plans = plans;
    this.clock = clock;
    this.lease = lease;
  }

  /**
   * What was read.
   *
   * @param leftOut how many queued jobs are not in the world
   * @param tenants all of them, where the question is about tenants
   */
  record Read(
      World world, long leftOut, Map<TenantSlug, Tenant> tenants, Map<PlanName, Plan> plans) {}

  /** The world as it is; refused where the question names what is not in it. */
  Outcome<Read> read(Question question) {
    return transactions.acrossTenants(() -> {
      WhatIf changes = question.changes();
      Map<TenantSlug, Tenant> known = changes.isAboutTenants() ? allTenants() : Map.of();
      World world = world(question);
      List<Violation> unknown = new ArrayList<>();
      for (TenantSlug slug : changes.tenants().keySet()) {
        if (!known.containsKey(slug)) {
          unknown.add(new Violation("/tenants/" + slug, "there is no such tenant"));
        }
      }
      Set<AgentId> online = world.agents().stream().map(Seeker::agent).collect(Collectors.toSet());
      if (!online.containsAll(changes.removed())) {
        unknown.add(
            new Violation("/remove_agents", "must name agents that are online and take work"));
      }
      return unknown.isEmpty()
          ? Outcome.done(new Read(world, leftOut(world), known, allPlans()))
          : new Outcome.Refused<>(
              new Refusal(Refusal.Code.INVALID, "A field is not valid.", unknown));
    });
  }

  private static long leftOut(World world) {
    long queued = world.tenants().stream().mapToLong(TenantStanding::queued).sum();
    return Math.max(0, queued - world.queue().size());
  }

  private World world(Question question) {
    Instant now = clock.instant();
    Courses courses = new Courses(prospects(question, now));
    List<QueueSnapshots.Held> held = snapshots.leased(MOST_LEASED);
    Set<JobId> taken =
        held.stream().map(each -> each.entry().job().id()).collect(Collectors.toSet());
    List<TenantStanding> standings = queue.standings();
    List<Seeker> agents = snapshots.agents(now.minus(lease), MOST_AGENTS);
    int contenders = standings.size() + agents.size() + question.changes().added().size();
    int looks = MOST_WORK / Math.max(1, contenders);
    ReplayedJobs jobs = new ReplayedJobs(courses, now, looks);
    List<World.Leased> leased = jobs.leased(held);
    List<World.Entry> waiting =
        new QueueReading(snapshots)
            .read(
                standings,
                now,
                now.plus(question.horizon()),
                Math.min(SchedulerSimulation.MOST_JOBS, looks),
                taken);
    return new World(now, standings, jobs.waiting(waiting), agents, leased);
  }

  private Function<String, Prospect> prospects(Question question, Instant now) {
    Map<String, Experience> seen = snapshots.experience(now.minus(LOOK_BACK), SAMPLE);
    return type -> Prospect.of(seen.get(type), question.assumedRun(), question.assumedFailures());
  }

  private Map<PlanName, Plan> allPlans() {
    Map<PlanName, Plan> all = new EnumMap<>(PlanName.class);
    for (PlanName name : PlanName.values()) {
      all.put(name, plans.get(name));
    }
    return all;
  }

  private Map<TenantSlug, Tenant> allTenants() {
    Map<TenantSlug, Tenant> all = new HashMap<>();
    Page<Tenant> page = tenants.list(new PageRequest(PageRequest.MOST, null));
    page.items().forEach(tenant -> all.put(tenant.slug(), tenant));
    while (page.next() != null) {
      page = tenants.list(new PageRequest(PageRequest.MOST, page.next()));
      page.items().forEach(tenant -> all.put(tenant.slug(), tenant));
    }
    return all;
  }
}

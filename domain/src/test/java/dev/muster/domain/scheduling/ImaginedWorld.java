package dev.muster.domain.scheduling;

import static dev.muster.domain.scheduling.Queue.NOW;

import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A world for simulations, put together piece by piece. */
final class ImaginedWorld {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration LONG = Duration.ofDays(30);

  final List<TenantStanding> tenants = new ArrayList<>();
  final List<World.Waiting> queue = new ArrayList<>();
  final List<Seeker> agents = new ArrayList<>();
  final List<World.Leased> leased = new ArrayList<>();
  private int jobs;

  ImaginedWorld tenant(int number, int cap, int weight) {
    TenantStanding plain = Queue.standing(number, 0, cap);
    tenants.add(
        new TenantStanding(plain.tenant(), plain.slug(), 1, true, 0, 0, 0, cap, weight, 0, 0));
    return this;
  }

  ImaginedWorld agent(int number, int slots) {
    return agent(Queue.seeker(number, slots, 0, slots));
  }

  ImaginedWorld agent(Seeker agent) {
    agents.add(agent);
    return this;
  }

  ImaginedWorld waits(int tenant, int count) {
    for (int i = 0; i < count; i++) {
      waits(job(tenant, Priority.NORMAL, 60));
    }
    return this;
  }

  ImaginedWorld waits(QueuedJob job) {
    return waits(job, straight(MINUTE));
  }

  ImaginedWorld waits(QueuedJob job, Course course) {
    return waits(entry(job, LONG), course);
  }

  ImaginedWorld waits(World.Entry entry, Course course) {
    queue.add(new World.Waiting(entry, course));
    return this;
  }

  /** One attempt, which completes. */
  static Course straight(Duration completes) {
    return new Course(0, false, completes, completes);
  }

  /** Due since it was queued, with three attempts, none of them used. */
  static World.Entry entry(QueuedJob job, Duration queueTimeout) {
    return new World.Entry(job, "scan", job.queuedAt(), queueTimeout, 0, 3);
  }

  QueuedJob job(int tenant, Priority priority, long secondsAgo) {
    return Queue.job(jobs++, tenant, priority, secondsAgo);
  }

  ImaginedWorld runs(int tenant, int agent, Duration rest) {
    return runs(job(tenant, Priority.NORMAL, 90), agent, rest, straight(MINUTE));
  }

  ImaginedWorld runs(QueuedJob job, int agent, Duration rest, Course course) {
    World.Entry entry = new World.Entry(job, "scan", job.queuedAt(), LONG, 1, 3);
    leased.add(new World.Leased(entry, Queue.agent(agent), rest, course));
    return this;
  }

  World world() {
    return new World(Queue.NOW, tenants, queue, agents, leased);
  }

  Forecast forecast() {
    return forecast(Duration.ofDays(1));
  }

  Forecast forecast(Duration horizon) {
    return forecast(world(), horizon);
  }

  static Forecast forecast(World world, Duration horizon) {
    return Simulation.run(
        world, new Simulation.Rules(10, Queue.PATIENCE, horizon), new SplittableRandom(1));
  }

  static Forecast.Waits of(Forecast forecast, int tenant) {
    return tenant(forecast, tenant).waits();
  }

  static Forecast.Ends endsOf(Forecast forecast, int tenant) {
    return tenant(forecast, tenant).ends();
  }

  private static Forecast.OfTenant tenant(Forecast forecast, int tenant) {
    TenantId id = Queue.tenant(tenant);
    return forecast.tenants().stream()
        .filter(each -> each.tenant().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Waits of jobs that are all due. */
  static Forecast.Waits waits(
      int jobs, int starts, Duration median, Duration ninetyFifth, Duration longest) {
    return new Forecast.Waits(
        jobs, starts, median, ninetyFifth, longest, longest == null ? null : NOW.plus(longest));
  }
}

package dev.muster.domain.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** A world for simulations, put together piece by piece. */
final class ImaginedWorld {
  static final Duration MINUTE = Duration.ofMinutes(1);

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
    queue.add(new World.Waiting(job, MINUTE));
    return this;
  }

  QueuedJob job(int tenant, Priority priority, long secondsAgo) {
    return Queue.job(jobs++, tenant, priority, secondsAgo);
  }

  ImaginedWorld runs(int tenant, int agent, Duration rest) {
    leased.add(
        new World.Leased(
            new JobId(new UUID(10, leased.size())),
            Queue.tenant(tenant),
            Pool.SHARED,
            Queue.agent(agent),
            rest));
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
    TenantId id = Queue.tenant(tenant);
    return forecast.tenants().stream()
        .filter(each -> each.tenant().equals(id))
        .findFirst()
        .orElseThrow()
        .waits();
  }
}

package dev.muster.domain.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.scheduling.Forecast.OfPriority;
import dev.muster.domain.scheduling.Forecast.OfTenant;
import dev.muster.domain.scheduling.Forecast.Waits;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Draws the sum of what a {@link Simulation} has found out. */
final class Forecasting {
  private record Need(TenantId tenant, Shape.Key shape) {}

  private final World world;
  private final Map<JobId, Duration> waits;
  private final List<Seeker> kinds;
  private final Map<TenantId, TenantSlug> slugs;

  /**
   * @param waits of the jobs that would start
   * @param kinds one of each kind of agent
   */
  Forecasting(World world, Map<JobId, Duration> waits, List<Seeker> kinds) {
    this.world = world;
    this.waits = waits;
    this.kinds = kinds;
    this.slugs =
        world.tenants().stream()
            .collect(Collectors.toMap(TenantStanding::tenant, TenantStanding::slug));
  }

  Forecast forecast(int agents, int slots) {
    List<QueuedJob> jobs = world.queue().stream().map(World.Waiting::job).toList();
    Map<TenantId, List<QueuedJob>> byTenant = by(QueuedJob::tenant, jobs);
    Map<Priority, List<QueuedJob>> byPriority = new TreeMap<>(by(QueuedJob::priority, jobs));
    return new Forecast(
        waits(jobs),
        unfit(jobs),
        agents,
        slots,
        byTenant.entrySet().stream()
            .map(each -> new OfTenant(each.getKey(), slug(each.getKey()), waits(each.getValue())))
            .sorted(Comparator.comparing(each -> each.slug().value()))
            .toList(),
        byPriority.entrySet().stream()
            .map(each -> new OfPriority(each.getKey(), waits(each.getValue())))
            .toList());
  }

  private static <K> Map<K, List<QueuedJob>> by(Function<QueuedJob, K> key, List<QueuedJob> jobs) {
    return jobs.stream().collect(Collectors.groupingBy(key));
  }

  private TenantSlug slug(TenantId tenant) {
    return Objects.requireNonNull(slugs.get(tenant));
  }

  private Waits waits(Collection<QueuedJob> jobs) {
    return Waits.of(
        jobs.size(),
        jobs.stream()
            .filter(job -> waits.containsKey(job.id()))
            .map(job -> waits.getOrDefault(job.id(), Duration.ZERO))
            .sorted()
            .toList());
  }

  /** Jobs alike are looked at once: there may be many that nobody takes. */
  private int unfit(List<QueuedJob> jobs) {
    Map<Need, Boolean> known = new HashMap<>();
    int unfit = 0;
    for (QueuedJob job : jobs) {
      if (!waits.containsKey(job.id())) {
        Need need = new Need(job.tenant(), Shape.Key.of(job));
        unfit += known.computeIfAbsent(need, key -> isUnfit(job)) ? 1 : 0;
      }
    }
    return unfit;
  }

  private boolean isUnfit(QueuedJob job) {
    TenantSlug slug = slug(job.tenant());
    return kinds.stream().noneMatch(agent -> Matching.fitsButForRegion(job, slug, agent));
  }
}

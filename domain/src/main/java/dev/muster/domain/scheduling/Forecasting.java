package dev.muster.domain.scheduling;

import dev.muster.domain.job.Priority;
import dev.muster.domain.scheduling.Forecast.Ends;
import dev.muster.domain.scheduling.Forecast.OfPriority;
import dev.muster.domain.scheduling.Forecast.OfTenant;
import dev.muster.domain.scheduling.Forecast.Waits;
import dev.muster.domain.scheduling.ReplayedJob.FirstStart;
import dev.muster.domain.scheduling.ReplayedJob.State;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
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

  private final List<ReplayedJob> queue;
  private final List<Seeker> kinds;
  private final Map<TenantId, TenantSlug> slugs;

  /**
   * @param queue the jobs that waited in the beginning, as they are at the end
   * @param kinds one of each kind of agent
   */
  Forecasting(World world, List<ReplayedJob> queue, List<Seeker> kinds) {
    this.queue = queue;
    this.kinds = kinds;
    this.slugs =
        world.tenants().stream()
            .collect(Collectors.toMap(TenantStanding::tenant, TenantStanding::slug));
  }

  Forecast forecast(int agents, int slots) {
    Map<TenantId, List<ReplayedJob>> byTenant = by(QueuedJob::tenant);
    Map<Priority, List<ReplayedJob>> byPriority = new TreeMap<>(by(QueuedJob::priority));
    return new Forecast(
        waits(queue),
        ends(queue),
        unfit(),
        agents,
        slots,
        byTenant.entrySet().stream()
            .map(each -> ofTenant(each.getKey(), each.getValue()))
            .sorted(Comparator.comparing(each -> each.slug().value()))
            .toList(),
        byPriority.entrySet().stream()
            .map(each ->
                new OfPriority(each.getKey(), waits(each.getValue()), ends(each.getValue())))
            .toList());
  }

  private OfTenant ofTenant(TenantId tenant, List<ReplayedJob> jobs) {
    return new OfTenant(tenant, slug(tenant), waits(jobs), ends(jobs));
  }

  private <K> Map<K, List<ReplayedJob>> by(Function<QueuedJob, K> key) {
    return queue.stream().collect(Collectors.groupingBy(each -> key.apply(each.job())));
  }

  private TenantSlug slug(TenantId tenant) {
    return Objects.requireNonNull(slugs.get(tenant));
  }

  private static Waits waits(List<ReplayedJob> jobs) {
    List<FirstStart> starts =
        jobs.stream().map(ReplayedJob::firstStart).filter(Objects::nonNull).toList();
    Instant last = starts.stream().map(FirstStart::at).max(Comparator.naturalOrder()).orElse(null);
    return Waits.of(jobs.size(), starts.stream().map(FirstStart::waited).sorted().toList(), last);
  }

  private static Ends ends(List<ReplayedJob> jobs) {
    Map<State, Integer> ended = new EnumMap<>(State.class);
    int underWay = 0;
    int notStarted = 0;
    int retries = 0;
    for (ReplayedJob job : jobs) {
      retries += job.retries();
      switch (job.state()) {
        case COMPLETED, FAILED, EXPIRED -> ended.merge(job.state(), 1, Integer::sum);
        case DELAYED, WAITING, RUNNING -> {
          underWay += job.firstStart() == null ? 0 : 1;
          notStarted += job.firstStart() == null ? 1 : 0;
        }
      }
    }
    return new Ends(
        ended.getOrDefault(State.COMPLETED, 0),
        ended.getOrDefault(State.FAILED, 0),
        ended.getOrDefault(State.EXPIRED, 0),
        underWay,
        notStarted,
        retries);
  }

  /** Jobs alike are looked at once: there may be many that nobody takes. */
  private int unfit() {
    Map<Need, Boolean> known = new HashMap<>();
    int unfit = 0;
    for (ReplayedJob each : queue) {
      if (each.firstStart() == null) {
        Need need = new Need(each.job().tenant(), Shape.Key.of(each.job()));
        unfit += known.computeIfAbsent(need, key -> isUnfit(each.job())) ? 1 : 0;
      }
    }
    return unfit;
  }

  private boolean isUnfit(QueuedJob job) {
    TenantSlug slug = slug(job.tenant());
    return kinds.stream().noneMatch(agent -> Matching.fitsButForRegion(job, slug, agent));
  }
}

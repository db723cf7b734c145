package dev.muster.domain.scheduling;

import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who would wait how long.
 *
 * @param all over all jobs
 * @param unfit how many of the jobs that would not start no online agent could ever take
 * @param agents how many agents take part
 * @param slots how many jobs those can have at once
 * @param tenants those of which jobs wait, by slug
 * @param priorities those of which jobs wait, the most urgent first
 */
public record Forecast(
    Waits all,
    int unfit,
    int agents,
    int slots,
    List<OfTenant> tenants,
    List<OfPriority> priorities) {
  /** Copies the lists. */
  public Forecast {
    tenants = List.copyOf(tenants);
    priorities = List.copyOf(priorities);
  }

  /** How long the jobs of one tenant would wait. */
  public record OfTenant(TenantId tenant, TenantSlug slug, Waits waits) {}

  /** How long the jobs of one priority would wait. */
  public record OfPriority(Priority priority, Waits waits) {}

  /**
   * How long jobs would wait from the moment of the simulation on; what they have waited before is
   * not in it.
   *
   * @param starts how many of them would start before the horizon; the others are in no figure
   * @param longest null, as the others, where none would start
   */
  public record Waits(
      int jobs,
      int starts,
      @Nullable Duration median,
      @Nullable Duration ninetyFifth,
      @Nullable Duration longest) {
    private static final int PERCENT = 100;

    /**
     * Figures over some jobs.
     *
     * @param waits of those that would start, the shortest first
     */
    static Waits of(int jobs, List<Duration> waits) {
      return waits.isEmpty()
          ? new Waits(jobs, 0, null, null, null)
          : new Waits(
              jobs, waits.size(), percentile(waits, 50), percentile(waits, 95), waits.getLast());
    }

    /** The first that so many are not longer than. */
    private static Duration percentile(List<Duration> sorted, int percent) {
      return sorted.get((sorted.size() * percent + PERCENT - 1) / PERCENT - 1);
    }
  }
}

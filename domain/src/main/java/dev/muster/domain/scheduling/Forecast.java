package dev.muster.domain.scheduling;

import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who would wait how long.
 *
 * @param all over all jobs
 * @param ends over all jobs
 * @param unfit how many of the jobs that would not start no online agent could ever take
 * @param agents how many agents take part
 * @param slots how many jobs those can have at once
 * @param tenants those of which jobs wait, by slug
 * @param priorities those of which jobs wait, the most urgent first
 */
public record Forecast(
    Waits all,
    Ends ends,
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

  /** What would become of the jobs of one tenant. */
  public record OfTenant(TenantId tenant, TenantSlug slug, Waits waits, Ends ends) {}

  /** What would become of the jobs of one priority. */
  public record OfPriority(Priority priority, Waits waits, Ends ends) {}

  /**
   * How jobs would stand at the horizon. Each is in one of the counts but the last.
   *
   * @param completed those of which an attempt completed
   * @param failed those of which the last attempt failed
   * @param expired those whose queue timeout ended while they waited, for the first attempt or for
   *     another
   * @param underWay those that started and have not ended
   * @param notStarted those that wait for their first start still
   * @param retries how many starts were not a job's first attempt
   */
  public record Ends(
      int completed, int failed, int expired, int underWay, int notStarted, int retries) {}

  /**
   * How long jobs would wait for their first start, from the moment of the simulation on, or from
   * when they become due where that is later; what they have waited before is not in it.
   *
   * @param starts how many of them would start before the horizon; the others are in no figure
   * @param longest null, as the others, where none would start
   * @param lastStart when the last of them would
   */
  public record Waits(
      int jobs,
      int starts,
      @Nullable Duration median,
      @Nullable Duration ninetyFifth,
      @Nullable Duration longest,
      @Nullable Instant lastStart) {
    private static final int PERCENT = 100;

    /**
     * Figures over some jobs.
     *
     * @param waits of those that would start, the shortest first
     */
    static Waits of(int jobs, List<Duration> waits, @Nullable Instant lastStart) {
      return waits.isEmpty()
          ? new Waits(jobs, 0, null, null, null, null)
          : new Waits(
              jobs,
              waits.size(),
              percentile(waits, 50),
              percentile(waits, 95),
              waits.getLast(),
              lastStart);
    }

    /** The first that so many are not longer than. */
    private static Duration percentile(List<Duration> sorted, int percent) {
      return sorted.get((sorted.size() * percent + PERCENT - 1) / PERCENT - 1);
    }
  }
}

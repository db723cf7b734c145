package dev.muster.jdbc.counters;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A difference to what is counted of a tenant.
 *
 * @param arrivals how many came into its lanes
 */
public record CounterChange(
    TenantId tenant, int queued, int running, int runningShared, int arrivals) {
  /**
   * What a job's change of status means.
   *
   * @param before null for one that is new
   * @param after with {@code due} telling whether it stands in its lane then
   */
  public static CounterChange of(@Nullable Job before, Job after, boolean due) {
    boolean wasQueued = before != null && before.status() == JobStatus.QUEUED;
    boolean wasLeased = before != null && before.status().isLeased();
    boolean isQueued = after.status() == JobStatus.QUEUED;
    int running = one(after.status().isLeased()) - one(wasLeased);
    return new CounterChange(
        after.tenant(),
        one(isQueued) - one(wasQueued),
        running,
        after.pool() == Pool.SHARED ? running : 0,
        one(isQueued && !wasQueued && due));
  }

  /** Whether nothing is counted. */
  public boolean isNothing() {
    return queued == 0 && running == 0 && arrivals == 0;
  }

  CounterChange plus(CounterChange more) {
    return new CounterChange(
        tenant,
        queued + more.queued,
        running + more.running,
        runningShared + more.runningShared,
        arrivals + more.arrivals);
  }

  private static int one(boolean counted) {
    return counted ? 1 : 0;
  }
}

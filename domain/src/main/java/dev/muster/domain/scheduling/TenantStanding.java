package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;

/**
 * What is counted of a tenant, as of one reading.
 *
 * @param version of two readings the one with the greater number is the newer
 * @param open whether the tenant may start work now: it is not suspended
 * @param queued jobs in its queue, due or not
 * @param running jobs assigned or running, over all pools
 * @param runningShared those of them that shared agents have
 * @param cap the most that may run at once
 * @param weight its share relative to others, at least 1
 * @param virtualTime grows with each start by {@link #startCost()}
 * @param arrivals how many jobs ever came into its lanes
 */
public record TenantStanding(
    TenantId tenant,
    TenantSlug slug,
    long version,
    boolean open,
    int queued,
    int running,
    int runningShared,
    int cap,
    int weight,
    long virtualTime,
    long arrivals) {
  /** What a start adds to the virtual time of a tenant of weight 1. */
  public static final long FULL_COST = 1_000_000;

  /** What a start adds to this tenant's virtual time. */
  public long startCost() {
    return FULL_COST / weight;
  }

  /** How many more may start. */
  public int room() {
    return open ? Math.max(0, cap - running) : 0;
  }
}

package dev.muster.domain.scheduling;

import java.util.Collection;

/**
 * What a tenant may have of the shared pool while others want some of it, as a fraction of jobs.
 *
 * @param running how many of its jobs run there
 * @param parts its weight × the pool's capacity
 * @param whole the sum of the weights of all that run there or could start there
 */
public record PoolShare(int running, long parts, long whole) {
  /**
   * The share of a tenant among all that have work.
   *
   * @param capacity how many jobs the pool's agents can have at once
   */
  public static PoolShare of(TenantStanding tenant, Collection<TenantStanding> all, int capacity) {
    long whole =
        all.stream()
            .filter(other -> other.runningShared() > 0 || other.queued() > 0 && other.room() > 0)
            .filter(other -> !other.tenant().equals(tenant.tenant()))
            .mapToLong(TenantStanding::weight)
            .sum();
    return new PoolShare(
        tenant.runningShared(), (long) tenant.weight() * capacity, whole + tenant.weight());
  }

  /** Whether the tenant has as much as its share or more, and somebody else wants some. */
  boolean isUsedUp(int weight) {
    return whole > weight && running * whole >= parts;
  }

  /** With one digit behind the point. */
  String shown() {
    long tenths = 10 * parts / whole;
    return tenths / 10 + "." + tenths % 10;
  }
}

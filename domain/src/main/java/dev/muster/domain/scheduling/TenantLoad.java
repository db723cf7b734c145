package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;

/**
 * How much of its cap a tenant has in use.
 *
 * @param running jobs assigned or running, over all pools
 * @param cap the most that may be
 */
public record TenantLoad(TenantId tenant, TenantSlug slug, int running, int cap) {
  /** How many more may start. */
  public int room() {
    return Math.max(0, cap - running);
  }
}

package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.TenantId;
import java.util.HashMap;
import java.util.Map;

/** How many jobs each tenant may still start in one plan. Used by one thread. */
final class CapRoom {
  private final Map<TenantId, Integer> left = new HashMap<>();

  CapRoom(Map<TenantId, TenantLoad> loads) {
    loads.forEach((tenant, load) -> left.put(tenant, load.room()));
  }

  /** Whether the tenant may start one more; one that the view does not know may not. */
  boolean has(TenantId tenant) {
    return left.getOrDefault(tenant, 0) > 0;
  }

  void take(TenantId tenant) {
    left.merge(tenant, -1, Integer::sum);
  }
}

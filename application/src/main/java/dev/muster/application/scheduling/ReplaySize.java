package dev.muster.application.scheduling;

import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many jobs of each tenant a simulation takes, where it cannot take all: from each the same
 * number, and from those that have fewer all, because turns go round among the tenants.
 */
final class ReplaySize {
  private ReplaySize() {}

  /**
   * Of each tenant that has jobs queued how many.
   *
   * @param most of all together; at least one of each, however
   */
  static Map<TenantId, Integer> of(Collection<TenantStanding> standings, int most) {
    List<TenantStanding> shortestFirst =
        standings.stream()
            .filter(standing -> standing.queued() > 0)
            .sorted((a, b) -> Integer.compare(a.queued(), b.queued()))
            .toList();
    Map<TenantId, Integer> sizes = new HashMap<>();
    int left = most;
    for (int i = 0; i < shortestFirst.size(); i++) {
      TenantStanding next = shortestFirst.get(i);
      int even = Math.max(1, left / (shortestFirst.size() - i));
      int size = Math.min(next.queued(), even);
      sizes.put(next.tenant(), size);
      left -= size;
    }
    return sizes;
  }
}

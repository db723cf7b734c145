package dev.muster.application.scheduling;

import dev.muster.domain.tenancy.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of each tenant's queue a simulation takes, where it cannot take all: from each the same,
 * and from those that have less all, because turns go round among the tenants.
 */
final class ReplaySize {
  private ReplaySize() {}

  /**
   * Of each tenant that has anything how much.
   *
   * @param there how much there is of each
   * @param most of all together; at least one of each, however
   */
  static Map<TenantId, Integer> of(Map<TenantId, Integer> there, int most) {
    List<Map.Entry<TenantId, Integer>> leastFirst =
        there.entrySet().stream()
            .filter(each -> each.getValue() > 0)
            .sorted(Map.Entry.comparingByValue())
            .toList();
    Map<TenantId, Integer> sizes = new HashMap<>();
    int left = most;
    for (int i = 0; i < leastFirst.size(); i++) {
      int even = Math.max(1, left / (leastFirst.size() - i));
      int size = Math.min(leastFirst.get(i).getValue(), even);
      sizes.put(leastFirst.get(i).getKey(), size);
      left -= size;
    }
    return sizes;
  }
}

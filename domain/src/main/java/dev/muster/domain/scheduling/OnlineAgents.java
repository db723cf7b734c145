package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is online, by owner; the same lists while the list of all is the same. */
final class OnlineAgents {
  private List<Seeker> all = List.of();
  private final Map<TenantId, List<Seeker>> byOwner = new HashMap<>();

  void look(List<Seeker> online) {
    if (online.equals(all)) {
      return;
    }
    all = online;
    byOwner.clear();
    for (Seeker seeker : online) {
      byOwner.computeIfAbsent(seeker.tenant(), owner -> new ArrayList<>()).add(seeker);
    }
  }

  List<Seeker> of(TenantId owner) {
    return byOwner.getOrDefault(owner, List.of());
  }
}

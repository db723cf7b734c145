package dev.muster.application.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.scheduling.World.Entry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.scheduling.QueueSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what waits, as much of it as a simulation takes. */
final class QueueReading {
  private final QueueSnapshots snapshots;

  QueueReading(QueueSnapshots snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * Of each tenant first what is due, then what becomes due.
   *
   * @param until what becomes due later is left out
   * @param most no more than so many
   * @param taken left out, because they were read elsewhere
   */
  List<Entry> read(
      Collection<TenantStanding> standings,
      Instant now,
      Instant until,
      int most,
      Set<JobId> taken) {
    Map<TenantId, Integer> left =
        ReplaySize.of(
            standings.stream()
                .collect(Collectors.toMap(TenantStanding::tenant, TenantStanding::queued)),
            most);
    // Read before what is due: what becomes due in between is then read twice, and not never.
    List<Entry> delayed = snapshots.delayed(until, most);
    List<Entry> due = snapshots.waiting(left, now);
    Map<TenantId, Integer> room = new HashMap<>(left);
    Set<JobId> known = new HashSet<>(taken);
    List<Entry> read = new ArrayList<>();
    for (List<Entry> some : List.of(due, delayed)) {
      for (Entry each : some) {
        TenantId tenant = each.job().tenant();
        if (room.getOrDefault(tenant, 0) > 0 && known.add(each.job().id())) {
          room.merge(tenant, -1, Integer::sum);
          read.add(each);
        }
      }
    }
    return read;
  }
}

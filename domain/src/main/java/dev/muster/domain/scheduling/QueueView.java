package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What planning looks at.
 *
 * @param now the database's time
 * @param loads every tenant that has a job among the candidates
 * @param candidates the first jobs of every lane, enough of them for all slots that seek
 * @param online one seeker for each kind of agent that is online and takes work, free or not: of
 *     those alike, one that has a free slot where any has
 * @param regionPatience how long a job waits for its preferred region
 */
public record QueueView(
    Instant now,
    Map<TenantId, TenantLoad> loads,
    List<QueuedJob> candidates,
    List<Seeker> online,
    Duration regionPatience) {
  /** Copies the collections. */
  public QueueView {
    loads = Map.copyOf(loads);
    candidates = List.copyOf(candidates);
    online = List.copyOf(online);
  }
}

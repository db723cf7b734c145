package dev.muster.domain.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What planning looks at besides the queue and the agents that wait.
 *
 * @param now the database's time
 * @param online one of each kind of agent that is online and takes work, free or not; planning is
 *     cheapest where it is the same list as in the plan before
 * @param sharedCapacity sum of {@code max_concurrent} over the shared pool's agents that are online
 *     and do not drain, the claiming ones included
 * @param regionPatience how long a job waits for its preferred region
 */
public record Circumstances(
    Instant now, List<Seeker> online, int sharedCapacity, Duration regionPatience) {
  /** Copies the list. */
  public Circumstances {
    online = List.copyOf(online);
  }
}

package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job waits in.
 *
 * @param tenant the job's
 * @param standing the tenant's
 * @param crowds the agents that its pool's owner has
 * @param share what the tenant may have of the shared pool, or null where that says nothing
 * @param position its place in line, or null past the first thousand
 * @param regionPatience how long a job waits for its preferred region
 */
public record Situation(
    Instant now,
    Tenant tenant,
    TenantStanding standing,
    List<AgentCrowd> crowds,
    @Nullable PoolShare share,
    @Nullable Integer position,
    Duration regionPatience) {
  /** Copies the list. */
  public Situation {
    crowds = List.copyOf(crowds);
  }
}

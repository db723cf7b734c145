package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Queue and fleet at a moment, as a {@link Simulation} goes on from there.
 *
 * @param tenants how they stand; what they have queued, running and leased is counted from the
 *     lists here instead, which may have been read a moment later, or in part
 * @param queue jobs that are due, of these tenants; of others they are left out
 * @param agents who is online and takes work; what they have is counted from {@code leased}
 * @param leased jobs that agents have, those included of agents that are gone
 */
public record World(
    Instant now,
    List<TenantStanding> tenants,
    List<Waiting> queue,
    List<Seeker> agents,
    List<Leased> leased) {
  /** Copies the lists. */
  public World {
    tenants = List.copyOf(tenants);
    Set<TenantId> known = tenants.stream().map(TenantStanding::tenant).collect(Collectors.toSet());
    queue = queue.stream().filter(each -> known.contains(each.job().tenant())).toList();
    agents = List.copyOf(agents);
    leased = List.copyOf(leased);
  }

  /**
   * A job that waits.
   *
   * @param runs how long it will keep its slot, more than nothing
   */
  public record Waiting(QueuedJob job, Duration runs) {}

  /**
   * A job that an agent has.
   *
   * @param runs how much longer it will keep its slot
   */
  public record Leased(JobId job, TenantId tenant, Pool pool, AgentId agent, Duration runs) {}
}

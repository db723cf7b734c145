package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
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
 * @param queue jobs that wait, due or not, of these tenants; of others they are left out
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
   * A job as storage has it, as far as a simulation looks at it.
   *
   * @param dueAt when it last became due, or will
   * @param queueTimeout how long it waits from then on before it expires, more than nothing
   * @param attemptsUsed the one under way included, where there is one
   * @param maxAttempts as many as it may use
   */
  public record Entry(
      QueuedJob job,
      String type,
      Instant dueAt,
      Duration queueTimeout,
      int attemptsUsed,
      int maxAttempts) {}

  /** A job that waits, and how its attempts will go. */
  public record Waiting(Entry entry, Course course) {
    /** The job, as planning looks at it. */
    public QueuedJob job() {
      return entry.job();
    }
  }

  /**
   * A job that an agent has.
   *
   * @param rest how much longer it will keep its slot, more than nothing
   * @param course beginning with the attempt under way
   */
  public record Leased(Entry entry, AgentId agent, Duration rest, Course course) {
    /** The job, as planning looks at it. */
    public QueuedJob job() {
      return entry.job();
    }
  }
}

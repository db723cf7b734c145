package dev.muster.domain.fleet;

import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A running {@code muster-agent} that the server knows, or the worker within one of its replicas.
 *
 * @param tenant the system tenant for a platform agent
 * @param servesTenant the one tenant that a platform agent is for, or null for any
 * @param maxConcurrent how many jobs it takes at once
 * @param leased how many it has now
 * @param version what it last said of its own version, or null before it said any
 * @param lastSeenAt its last authenticated call, or null before the first
 */
public record Agent(
    AgentId id,
    TenantId tenant,
    AgentName name,
    Abilities abilities,
    String workerType,
    @Nullable TenantSlug servesTenant,
    int maxConcurrent,
    int leased,
    boolean enabled,
    boolean draining,
    @Nullable String version,
    @Nullable Instant lastSeenAt,
    Instant createdAt) {

  /** The most jobs that one agent may say it takes at once. */
  public static final int MOST_CONCURRENT = 1000;

  /** How many jobs it takes at once where it did not say. */
  public static final int DEFAULT_CONCURRENT = 4;

  /** Which pool it belongs to. */
  public Pool pool() {
    return tenant.isSystem() ? Pool.SHARED : Pool.DEDICATED;
  }

  /** Whether it is no agent that dials in, but the worker within a replica of the server. */
  public boolean isInline() {
    return Placement.isInline(workerType);
  }

  /** Whether it may be given work. */
  public boolean takesWork() {
    return enabled && !draining;
  }

  /** How many more jobs it may have. */
  public int freeSlots() {
    return Math.max(0, maxConcurrent - leased);
  }

  /** Whether its last authenticated call lies within one lease. */
  public boolean isOnline(Instant now, Duration lease) {
    return lastSeenAt != null && lastSeenAt.plus(lease).isAfter(now);
  }
}

package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantSlug;
import java.util.List;

/** A pool at the moment of a plan: which lane fits which agents, and how its head ranks. */
final class PoolView {
  private final Pool pool;
  private final Matches matches;
  private final long now;
  private final long patience;

  PoolView(Pool pool, Matches matches, Circumstances circumstances) {
    this.pool = pool;
    this.matches = matches;
    now = EpochNanos.of(circumstances.now());
    patience = circumstances.regionPatience().toNanos();
  }

  Pool pool() {
    return pool;
  }

  /** The groups that the first job of a lane fits, full or not. */
  List<AgentGroup> groups(Lane lane, TenantSlug slug) {
    Match match = lane.match(matches, slug);
    boolean patient = lane.shape().hasRegion() && now - lane.window().queuedAt(0) <= patience;
    return patient ? match.patient() : match.impatient();
  }

  /** Whether any agent of the pool could take a lane's jobs, sooner or later. */
  boolean isAnyoneAble(Lane lane, TenantSlug slug) {
    return lane.match(matches, slug).able();
  }

  /** The rank of a lane's first job by the formula, the smaller first. */
  long rank(Lane lane) {
    return QueuePriority.rank(lane.priority(), lane.window().queuedAt(0), now);
  }
}

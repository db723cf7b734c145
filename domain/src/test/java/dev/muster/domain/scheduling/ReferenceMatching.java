package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.util.List;

/** Who may take what, caps and slots aside, as it is written down. */
final class ReferenceMatching {
  private ReferenceMatching() {}

  static boolean fits(
      QueuedJob job,
      TenantSlug slug,
      Seeker agent,
      List<Seeker> everyone,
      Circumstances circumstances) {
    if (!couldTake(job, slug, agent)) {
      return false;
    }
    String preferred = job.requirements().preferredRegion();
    if (preferred == null || preferred.equals(agent.abilities().region())) {
      return true;
    }
    if (job.queuedAt().plus(circumstances.regionPatience()).isBefore(circumstances.now())) {
      return true;
    }
    for (Seeker other : everyone) {
      if (preferred.equals(other.abilities().region()) && couldTake(job, slug, other)) {
        return false;
      }
    }
    return true;
  }

  /** Pool, worker type, capabilities and tools; wherever the agent stands. */
  static boolean couldTake(QueuedJob job, TenantSlug slug, Seeker agent) {
    boolean pool =
        agent.tenant().equals(TenantId.SYSTEM)
            ? job.pool() == Pool.SHARED
                && (agent.servesTenant() == null || agent.servesTenant().equals(slug))
            : job.pool() == Pool.DEDICATED && job.tenant().equals(agent.tenant());
    return pool
        && agent.workerType().equals(job.workerType())
        && agent.abilities().capabilities().containsAll(job.requirements().capabilities())
        && agent.abilities().tools().containsAll(job.requirements().tools());
  }
}

package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.TenantSlug;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** Which job may go to which agent, caps and free slots aside. */
public final class Matching {
  private Matching() {}

  /**
   * Whether a job fits an agent.
   *
   * @param slug of the job's tenant
   * @param online agents that are online and take work, free or not; the agent itself may be
   *     missing
   * @param regionPatience how long a job waits for an agent of the region that it prefers
   */
  public static boolean fits(
      QueuedJob job,
      TenantSlug slug,
      Seeker agent,
      Collection<Seeker> online,
      Instant now,
      Duration regionPatience) {
    if (!fitsButForRegion(job, slug, agent)) {
      return false;
    }
    return !prefersAnother(job, agent)
        || hasLostPatience(job, now, regionPatience)
        || online.stream().noneMatch(other -> isPreferred(job, slug, other));
  }

  /** Whether a job fits an agent that may stand anywhere. */
  static boolean fitsButForRegion(QueuedJob job, TenantSlug slug, Seeker agent) {
    return isServedBy(job, slug, agent)
        && job.workerType().equals(agent.workerType())
        && agent.abilities().capabilities().containsAll(job.requirements().capabilities())
        && agent.abilities().tools().containsAll(job.requirements().tools());
  }

  /** Whether a job would rather run in another region than the agent's. */
  static boolean prefersAnother(QueuedJob job, Seeker agent) {
    String preferred = job.requirements().preferredRegion();
    return preferred != null && !preferred.equals(agent.abilities().region());
  }

  /** Whether a job has waited for its region for longer than it has to. */
  static boolean hasLostPatience(QueuedJob job, Instant now, Duration regionPatience) {
    return Duration.between(job.queuedAt(), now).compareTo(regionPatience) > 0;
  }

  /** Whether an agent stands where the job would rather run, and could take it. */
  static boolean isPreferred(QueuedJob job, TenantSlug slug, Seeker agent) {
    return !prefersAnother(job, agent) && fitsButForRegion(job, slug, agent);
  }

  private static boolean isServedBy(QueuedJob job, TenantSlug slug, Seeker agent) {
    return switch (job.pool()) {
      case SHARED ->
          agent.tenant().isSystem()
              && (agent.servesTenant() == null || agent.servesTenant().equals(slug));
      case DEDICATED -> !agent.tenant().isSystem() && agent.tenant().equals(job.tenant());
    };
  }
}

package dev.muster.domain.tenancy;

/**
 * The limits that a plan sets.
 *
 * @param maxConcurrentJobs how many jobs of a tenant may be assigned or running, at least 1
 * @param maxQueueSize how many jobs of a tenant may be queued, at least 1
 * @param weight the share of a tenant in its pool, relative to others, at least 1
 */
public record Plan(PlanName name, int maxConcurrentJobs, int maxQueueSize, int weight) {
  /** Checks the limits. */
  public Plan {
    if (maxConcurrentJobs < 1 || maxQueueSize < 1 || weight < 1) {
      throw new IllegalArgumentException("a plan's limits are at least 1");
    }
  }
}

package dev.muster.domain.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** Whether a job that does not want to wait could start now. */
public final class AgentAvailability {
  private AgentAvailability() {}

  /**
   * Whether there is an online agent that the job fits and that has a free slot. A tenant at its
   * cap has none: its job fits no agent.
   *
   * @param job as it would be queued now
   * @param tenant the job's
   * @param online agents that are online and take work; of those alike, one that has a free slot
   *     where any has is enough
   */
  public static boolean isThereOneFor(
      QueuedJob job,
      TenantStanding tenant,
      Collection<Seeker> online,
      Instant now,
      Duration regionPatience) {
    return tenant.room() > 0
        && online.stream()
            .filter(agent -> agent.leased() < agent.maxConcurrent())
            .anyMatch(
                agent -> Matching.fits(job, tenant.slug(), agent, online, now, regionPatience));
  }
}

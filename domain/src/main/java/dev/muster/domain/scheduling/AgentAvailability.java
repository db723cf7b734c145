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
   * @param load of the job's tenant
   * @param online agents that are online and take work; of those alike, one that has a free slot
   *     where any has is enough
   */
  public static boolean isThereOneFor(
      QueuedJob job,
      TenantLoad load,
      Collection<Seeker> online,
      Instant now,
      Duration regionPatience) {
    return load.room() > 0
        && online.stream()
            .filter(agent -> agent.leased() < agent.maxConcurrent())
            .anyMatch(agent -> Matching.fits(job, load.slug(), agent, online, now, regionPatience));
  }
}

package dev.muster.application.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.scheduling.AgentAvailability;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.JobQueue;
import java.time.Duration;
import java.time.Instant;

/** Whether a job could start now, for jobs that do not want to wait. */
public final class FreeAgents {
  private final Transactions transactions;
  private final JobQueue queue;
  private final Duration lease;
  private final Duration regionPatience;

  /**
   * Asks {@code queue} who is online.
   *
   * @param lease agents seen within it are online
   * @param regionPatience how long a job waits for its preferred region
   */
  public FreeAgents(
      Transactions transactions, JobQueue queue, Duration lease, Duration regionPatience) {
    this.transactions = transactions;
    this.queue = queue;
    this.lease = lease;
    this.regionPatience = regionPatience;
  }

  boolean isThereOneFor(Job job, Instant now) {
    return transactions.acrossTenants(() ->
        queue
            .standingOf(job.tenant())
            .filter(tenant ->
                AgentAvailability.isThereOneFor(
                    QueuedJob.of(job),
                    tenant,
                    queue.online(now.minus(lease)).kinds(),
                    now,
                    regionPatience))
            .isPresent());
  }
}

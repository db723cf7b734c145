package dev.muster.application.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.scheduling.QueuePriority;
import dev.muster.ports.in.job.JobStanding;
import java.time.Instant;

/** Jobs with their priority at a moment. */
final class Standings {
  private Standings() {}

  static JobStanding of(Job job, Instant now) {
    return new JobStanding(job, QueuePriority.shown(job.spec().priority(), job.queuedAt(), now));
  }
}

package dev.muster.domain.job;

import dev.muster.domain.identity.WireNamed;

/** Where a job stands. */
public enum JobStatus implements WireNamed {
  /** Waits for an agent, or for its time to come. */
  QUEUED,
  /** An agent has it under a lease and has not yet said that it started. */
  ASSIGNED,
  /** An agent has it under a lease and works on it. */
  RUNNING,
  /** Done, with a result. */
  COMPLETED,
  /** Ended without success, and will not be tried again by itself. */
  FAILED,
  /** Ended because somebody asked for it. */
  CANCELLED,
  /** Nobody took it before its queue timeout. */
  EXPIRED;

  /** Whether an agent has it under a lease. */
  public boolean isLeased() {
    return this == ASSIGNED || this == RUNNING;
  }

  /** Whether it has ended. */
  public boolean isFinal() {
    return this != QUEUED && !isLeased();
  }
}

package dev.muster.domain.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: the policy that a plan follows. It offers one job after another; each is either
 * granted or passed over for the rest of the plan, because agents and caps only fill up within one.
 * Made for one plan, used by one thread.
 */
interface Turns {
  /** The job to try next, or null when there is none left. */
  @Nullable QueuedJob next();

  /** The job offered last was granted. */
  void granted(QueuedJob job);
}

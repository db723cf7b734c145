package dev.muster.agent.loop;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.BackoffRandomness;

/**
 * What the loops share.
 *
 * @param jobs the jobs held
 * @param drain whether new ones are taken
 * @param halt the signal to stop
 * @param pace how fast to go
 * @param word what the server says that is not for the loops
 */
record Crew(HeldJobs jobs, Drain drain, Halt halt, Pace pace, ServerWord word) {

  /** A new back-off, for one loop. */
  Backoff backoff() {
    return new Backoff(pace.leastBackoff(), pace.mostBackoff(), new BackoffRandomness());
  }
}

package dev.muster.agent.loop;

import dev.muster.agent.api.ClaimedJob;
import dev.muster.agent.api.Lease;
import dev.muster.agent.connector.Cancellation;
import java.util.concurrent.CompletableFuture;

/** A job that this agent holds, and what is to end it. Thread-safe. */
final class HeldJob {
  private final ClaimedJob job;
  private final Cancellation cancellation = new Cancellation();
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();
  private Ending ending = Ending.OWN;

  HeldJob(ClaimedJob job) {
    this.job = job;
  }

  ClaimedJob job() {
    return job;
  }

  Lease lease() {
    return job.lease();
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Done as soon as something other than the work itself is to end the job. */
  CompletableFuture<Ending> ended() {
    return ended;
  }

  synchronized Ending ending() {
    return ending;
  }

  /**
   * Ends the job's work. The first cause stands, but a lost lease overrides all: nothing may be
   * reported any more.
   *
   * @return whether that changed anything
   */
  boolean end(Ending cause) {
    synchronized (this) {
      if (ending == cause || (ending != Ending.OWN && cause != Ending.LOST)) {
        return false;
      }
      ending = cause;
    }
    ended.complete(cause);
    cancellation.cancel();
    return true;
  }
}

package dev.muster.agent.api;

import java.util.Optional;

/** A claim that the server is holding. Thread-safe. */
public interface OpenPoll {

  /**
   * Waits for the answer.
   *
   * @return the answer, or empty when {@link #end} came first
   * @throws InterruptedException when the waiting thread is to stop; the poll is ended
   */
  Optional<Reply<ClaimAnswer>> await() throws InterruptedException;

  /** Gives the poll up; who awaits it is let go at once. Does nothing once it is answered. */
  void end();
}

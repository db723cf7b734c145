package dev.muster.agent.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call to the server.
 *
 * @param <T> what a good answer holds
 */
public sealed interface Reply<T> {

  /** Muster did what was asked. */
  record Ok<T>(T value) implements Reply<T> {}

  /** The credential is not, or no longer, good: nothing this agent sends will be heard. */
  record Unauthorized<T>(String detail) implements Reply<T> {}

  /** An operator has disabled this agent: its jobs are already somebody else's. */
  record Disabled<T>() implements Reply<T> {}

  /** The job is no longer this agent's: stop the work and report nothing. */
  record LeaseLost<T>() implements Reply<T> {}

  /**
   * Muster refused this very request; repeating it would be refused again.
   *
   * @param status the HTTP status
   * @param code Muster's stable error code
   * @param detail what Muster says about it
   */
  record Refused<T>(int status, String code, String detail) implements Reply<T> {}

  /**
   * No answer of Muster's: worth a retry.
   *
   * @param reason one line for the operator
   * @param retryAfter how long Muster asks to wait; null when it does not say
   * @param untrusted whether the other end could not prove who it is, or TLS was not agreed upon
   */
  record Unavailable<T>(String reason, @Nullable Duration retryAfter, boolean untrusted)
      implements Reply<T> {}
}

package dev.muster.domain.job;

import org.jspecify.annotations.Nullable;

/** What an agent says of the attempt that it was given. */
public sealed interface Report {
  /**
   * It works on it.
   *
   * @param progress how far it is, or null where it did not say
   */
  record Running(@Nullable Progress progress) implements Report {}

  /**
   * It is done.
   *
   * @param result the result's JSON
   */
  record Completed(String result) implements Report {}

  /**
   * It did not succeed.
   *
   * @param retryable whether another attempt may do better
   */
  record Failed(JobError error, boolean retryable) implements Report {}

  /** It has stopped it because it was asked to. */
  record Cancelled() implements Report {}

  /** It gives it back undone, because it stops or never began. */
  record Released() implements Report {}
}

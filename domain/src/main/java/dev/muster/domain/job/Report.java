package dev.muster.domain.job;

import org.jspecify.annotations.Nullable;

/** What an agent says of a job that it has under a lease. */
public sealed interface Report {
  /** It works on it. */
  record Running(@Nullable Progress progress) implements Report {}

  /** It is done. */
  record Completed(String result) implements Report {}

  /** It did not succeed. */
  record Failed(JobError error, boolean retryable) implements Report {}

  /** It has stopped as it was asked to. */
  record Cancelled() implements Report {}

  /** It gives the job back, untouched by its budget. */
  record Released() implements Report {}
}

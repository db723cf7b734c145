package dev.muster.domain.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a report, a person or a clock does to a job. Decided by {@link JobLifecycle}. */
public sealed interface Transition {
  /**
   * Its state stays as it is.
   *
   * @param progress what to remember of how far it is, or null to leave that alone
   */
  record Stay(@Nullable Progress progress) implements Transition {}

  /**
   * From assigned to running.
   *
   * @param progress how far it is, or null
   */
  record Start(@Nullable Progress progress) implements Transition {}

  /**
   * Back into the queue, with its first {@code queued_at}.
   *
   * @param availableAt not before this moment; the queue timeout counts from here too
   * @param consumesAttempt whether the attempt stays counted; if not, it is given back to the
   *     budget
   * @param attemptOutcome how the attempt ended, as {@link Attempt#outcome()} names it
   * @param error what to remember as the job's error, or null for none
   */
  record Requeue(
      Instant availableAt, boolean consumesAttempt, String attemptOutcome, @Nullable JobError error)
      implements Transition {}

  /**
   * The end.
   *
   * @param status a final one
   * @param result the result's JSON, or null
   * @param error why it did not succeed, or null
   */
  record End(JobStatus status, @Nullable String result, @Nullable JobError error)
      implements Transition {
    /** Checks that it is an end. */
    public End {
      if (!status.isFinal()) {
        throw new IllegalArgumentException("not the end of a job: " + status);
      }
    }

    /**
     * How the attempt under way ended, as {@link Attempt#outcome()} names it, or null where a job
     * ends that nobody could have had.
     */
    public @Nullable String attemptOutcome() {
      return switch (status) {
        case COMPLETED -> Attempt.COMPLETED;
        case CANCELLED -> Attempt.CANCELLED;
        case FAILED -> error == null ? Attempt.FAILED : failure(error.errorClass());
        case EXPIRED, QUEUED, ASSIGNED, RUNNING -> null;
      };
    }

    private static String failure(String errorClass) {
      return switch (errorClass) {
        case JobError.LEASE_LOST -> Attempt.LEASE_LOST;
        case JobError.RUN_TIMEOUT -> Attempt.RUN_TIMEOUT;
        default -> Attempt.FAILED;
      };
    }
  }

  /**
   * A person wants it tried again: fresh budget, new {@code queued_at}, its last agent forgotten.
   */
  record Renew() implements Transition {}

  /** Said before, and done before: nothing changes, and the answer is that of the first time. */
  record Repeat() implements Transition {}

  /** Too late, or not the caller's to say: nothing changes, and the caller is refused. */
  record Stale() implements Transition {}
}

package dev.muster.domain.job;

import dev.muster.domain.tracing.TraceParent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for when a job was submitted.
 *
 * @param payload a JSON object as text, passed on as it is
 * @param availableAt not before this moment, or null for at once
 * @param trace the trace that it was asked for in, or null
 */
public record JobSpec(
    String type,
    Priority priority,
    String payload,
    Requirements requirements,
    WhenNoAgent whenNoAgent,
    int maxAttempts,
    Duration runTimeout,
    Duration queueTimeout,
    @Nullable Instant availableAt,
    @Nullable TraceParent trace) {
  /** How many attempts a job has where it does not say. */
  public static final int DEFAULT_ATTEMPTS = 3;

  /** The most attempts that a job may have. */
  public static final int MOST_ATTEMPTS = 20;

  /** How long an attempt may take where the job does not say. */
  public static final Duration DEFAULT_RUN_TIMEOUT = Duration.ofHours(1);

  /** How long a job waits in the queue where it does not say. */
  public static final Duration DEFAULT_QUEUE_TIMEOUT = Duration.ofDays(1);

  /** The longest run and queue timeout. */
  public static final Duration LONGEST_TIMEOUT = Duration.ofDays(7);

  /** The farthest that a job may be delayed. */
  public static final Duration LONGEST_DELAY = Duration.ofDays(365);

  /** The most bytes that a payload's JSON may have. */
  public static final int MOST_PAYLOAD_BYTES = 256 * 1024;

  /** Asked for outside of any trace. */
  public JobSpec(
      String type,
      Priority priority,
      String payload,
      Requirements requirements,
      WhenNoAgent whenNoAgent,
      int maxAttempts,
      Duration runTimeout,
      Duration queueTimeout,
      @Nullable Instant availableAt) {
    this(
        type,
        priority,
        payload,
        requirements,
        whenNoAgent,
        maxAttempts,
        runTimeout,
        queueTimeout,
        availableAt,
        null);
  }

  /** The same, asked for in a trace, or in none. */
  public JobSpec inTrace(@Nullable TraceParent other) {
    return new JobSpec(
        type,
        priority,
        payload,
        requirements,
        whenNoAgent,
        maxAttempts,
        runTimeout,
        queueTimeout,
        availableAt,
        other);
  }

  /** Whether it asks for a moment that is farther off than a job may be delayed. */
  public boolean isDelayedTooFar(Instant now) {
    return availableAt != null && availableAt.isAfter(now.plus(LONGEST_DELAY));
  }
}

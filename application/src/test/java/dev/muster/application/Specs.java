package dev.muster.application;

import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.WhenNoAgent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What jobs ask for in tests. */
public final class Specs {
  private static final Requirements NOTHING = Requirements.of(Set.of(), Set.of(), null);

  private Specs() {}

  /** A job as it is where nothing optional was said. */
  public static JobSpec plain() {
    return of(Priority.NORMAL, NOTHING, WhenNoAgent.QUEUE, JobSpec.DEFAULT_ATTEMPTS, null);
  }

  /** Of a priority. */
  public static JobSpec of(Priority priority) {
    return of(priority, NOTHING, WhenNoAgent.QUEUE, JobSpec.DEFAULT_ATTEMPTS, null);
  }

  /** With so many attempts. */
  public static JobSpec attempts(int most) {
    return of(Priority.NORMAL, NOTHING, WhenNoAgent.QUEUE, most, null);
  }

  /** That demands something of its agent. */
  public static JobSpec requiring(Requirements requirements) {
    return of(Priority.NORMAL, requirements, WhenNoAgent.QUEUE, JobSpec.DEFAULT_ATTEMPTS, null);
  }

  /** That does not want to wait for an agent. */
  public static JobSpec impatient() {
    return of(Priority.NORMAL, NOTHING, WhenNoAgent.FAIL, JobSpec.DEFAULT_ATTEMPTS, null);
  }

  /** Not before a moment. */
  public static JobSpec delayed(Instant until) {
    return of(Priority.NORMAL, NOTHING, WhenNoAgent.QUEUE, JobSpec.DEFAULT_ATTEMPTS, until);
  }

  /** With timeouts. */
  public static JobSpec timeouts(Duration run, Duration queue) {
    JobSpec plain = plain();
    return new JobSpec(
        plain.type(),
        plain.priority(),
        plain.payload(),
        plain.requirements(),
        plain.whenNoAgent(),
        plain.maxAttempts(),
        run,
        queue,
        null);
  }

  private static JobSpec of(
      Priority priority,
      Requirements requirements,
      WhenNoAgent whenNoAgent,
      int maxAttempts,
      @Nullable Instant availableAt) {
    return new JobSpec(
        "scan",
        priority,
        "{\"target\": \"example.com\"}",
        requirements,
        whenNoAgent,
        maxAttempts,
        JobSpec.DEFAULT_RUN_TIMEOUT,
        JobSpec.DEFAULT_QUEUE_TIMEOUT,
        availableAt);
  }
}

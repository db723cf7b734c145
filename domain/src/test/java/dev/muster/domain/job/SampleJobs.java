package dev.muster.domain.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tracing.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs to try the rules on. */
public final class SampleJobs {
  /** The job that all of them are. */
  public static final JobId JOB = new JobId(new UUID(0, 1));

  /** When it was submitted, assigned and started. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** Who has it. */
  public static final AgentId AGENT = new AgentId(new UUID(0, 0xa1));

  static final AgentId OTHER_AGENT = new AgentId(new UUID(0, 0xa2));
  static final Duration LEASE = Duration.ofSeconds(60);
  static final Duration RUN_TIMEOUT = Duration.ofMinutes(10);
  static final Duration QUEUE_TIMEOUT = Duration.ofHours(2);

  private SampleJobs() {}

  static Job queued(int maxAttempts) {
    return queued(spec(maxAttempts));
  }

  private static Job queued(JobSpec spec) {
    return new Job(
        JOB,
        new TenantId(new UUID(0, 2)),
        spec,
        Pool.SHARED,
        "task",
        JobStatus.QUEUED,
        0,
        0,
        null,
        START,
        null,
        START,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "somebody");
  }

  static Job assigned(int maxAttempts) {
    return assigned(queued(maxAttempts));
  }

  /** An agent's, asked for in a trace, or in none. */
  public static Job assignedInTrace(@Nullable TraceParent trace) {
    return assigned(queued(spec(3).inTrace(trace)));
  }

  private static Job assigned(Job job) {
    return job.assignedTo(AGENT, START, START.plus(LEASE));
  }

  static Job running(int maxAttempts) {
    return assigned(maxAttempts).after(new Transition.Start(null), START);
  }

  private static JobSpec spec(int maxAttempts) {
    return new JobSpec(
        "scan",
        Priority.NORMAL,
        "{}",
        Requirements.of(Set.of(), Set.of(), null),
        WhenNoAgent.QUEUE,
        maxAttempts,
        RUN_TIMEOUT,
        QUEUE_TIMEOUT,
        null);
  }
}

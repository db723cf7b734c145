package dev.muster.domain.job;

import dev.muster.domain.fleet.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try of a job by one agent.
 *
 * @param number the fence that this try was given
 * @param outcome how it ended ({@code completed}, {@code failed}, {@code cancelled}, {@code
 *     released}, {@code lease_lost}, {@code run_timeout}), or null while it lasts
 */
public record Attempt(
    int number,
    AgentId agent,
    Instant assignedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String outcome,
    @Nullable JobError error) {
  /** Ended with a result. */
  public static final String COMPLETED = "completed";

  /** Ended without success, by the agent's word. */
  public static final String FAILED = "failed";

  /** Ended because somebody asked for it. */
  public static final String CANCELLED = "cancelled";

  /** Given back, or taken away, without fault: it does not count. */
  public static final String RELEASED = "released";

  /** The agent was not heard of in time. */
  public static final String LEASE_LOST = "lease_lost";

  /** It took longer than the run timeout. */
  public static final String RUN_TIMEOUT = "run_timeout";
}

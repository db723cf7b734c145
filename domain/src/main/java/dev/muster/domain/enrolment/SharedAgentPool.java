package dev.muster.domain.enrolment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The pool of shared agents that register themselves. Its figures are hints for whoever starts and
 * stops such agents; Muster keeps and answers them, and does nothing by them.
 */
public record SharedAgentPool(
    @Nullable Integer minReplicas,
    @Nullable Integer maxReplicas,
    @Nullable Integer cpuTargetPct,
    Instant createdAt) {
  /** Refuses a pool that is more at least than at most. */
  public SharedAgentPool {
    if (minReplicas != null && maxReplicas != null && minReplicas > maxReplicas) {
      throw new IllegalArgumentException("min_replicas must be at most max_replicas");
    }
  }
}

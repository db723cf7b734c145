package dev.muster.agent.api;

import dev.muster.domain.tracing.TraceParent;
import org.jspecify.annotations.Nullable;

/** Which traces the jobs of this agent belong to. Thread-safe. */
@FunctionalInterface
public interface JobTraces {
  /** That of a job that is under way; null for none. */
  @Nullable TraceParent of(Lease lease);
}

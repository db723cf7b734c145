package dev.muster.agent.loop;

import dev.muster.agent.connector.Assignment;
import dev.muster.agent.connector.Cancellation;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.JobReports;
import java.time.Instant;

/** What a job's work is: {@code Connectors::run}, seen from the loops. Thread-safe. */
@FunctionalInterface
public interface Work {
  /**
   * Does a job's work on this thread, to its end.
   *
   * @return how it ended, redacted
   * @throws InterruptedException if this thread is interrupted
   */
  ConnectorOutcome run(
      Assignment assignment, JobReports reports, Cancellation cancellation, Instant deadline)
      throws InterruptedException;
}

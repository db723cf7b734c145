package dev.muster.agent.connector;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Runs one kind of job under this host's limits. Safe for use by many threads. */
public interface Connector {
  /** The name that a payload gives in {@code connector}, and its key in the configuration. */
  String name();

  /** Whether it takes a payload that names no connector. At most one connector should. */
  default boolean takesUnnamed(ObjectNode payload) {
    return false;
  }

  /** Whether its jobs call the server in their own names, and so need tokens. */
  default boolean needsJobTokens() {
    return false;
  }

  /**
   * Tells it once, before the first job, of all connectors that are allowed here, itself among
   * them: whoever works through others works under their limits.
   */
  default void meet(Map<String, Connector> allowed) {}

  /**
   * Does the work, and returns when nothing of it is left running.
   *
   * @return how it ended; need not be redacted, the caller does that
   * @throws InterruptedException if the thread is interrupted; what was started is stopped first
   */
  ConnectorOutcome run(Assignment assignment, JobContext context) throws InterruptedException;
}

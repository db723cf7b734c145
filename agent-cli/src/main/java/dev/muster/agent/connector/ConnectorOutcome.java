package dev.muster.agent.connector;

import tools.jackson.databind.JsonNode;

/** How the work of a job ended. */
public sealed interface ConnectorOutcome {
  /** It was done. */
  record Completed(JsonNode result) implements ConnectorOutcome {}

  /**
   * It was not done.
   *
   * @param errorClass stable, {@code snake_case}
   * @param retryable whether another attempt might succeed
   */
  record Failed(String errorClass, String message, boolean retryable) implements ConnectorOutcome {}

  /**
   * It was stopped because the job was cancelled.
   *
   * @param confirmed false when something of it could not be stopped
   * @param detail what is left then; otherwise a word on how it was stopped
   */
  record Cancelled(boolean confirmed, String detail) implements ConnectorOutcome {}
}

package dev.muster.domain.job;

/** What becomes of a job that no agent can take when it is submitted. */
public enum WhenNoAgent {
  /** It waits. */
  QUEUE,
  /** It fails at once. */
  FAIL
}

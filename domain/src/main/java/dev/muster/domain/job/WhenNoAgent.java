package dev.muster.domain.job;

import dev.muster.domain.identity.WireNamed;

/** What becomes of a job that no agent can take when it is submitted. */
public enum WhenNoAgent implements WireNamed {
  /** It waits. */
  QUEUE,
  /** It fails at once. */
  FAIL
}

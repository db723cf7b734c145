package dev.muster.domain.update;

import dev.muster.domain.identity.WireNamed;

/** What became of a release on an agent. */
public enum UpdateOutcome implements WireNamed {
  /** It has proved itself there. */
  APPLIED,
  /** It was tried, and the version before came back. */
  REVERTED,
  /** It was refused, and nothing was applied. */
  REJECTED
}

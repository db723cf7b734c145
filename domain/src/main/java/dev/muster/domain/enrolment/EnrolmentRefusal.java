package dev.muster.domain.enrolment;

import dev.muster.domain.identity.WireNamed;

/** Why the holder of a token may not join with it. */
public enum EnrolmentRefusal implements WireNamed {
  /** Somebody took it back. */
  REVOKED,
  /** Its time is over. */
  EXPIRED,
  /** As many as it admits have joined. */
  EXHAUSTED,
  /** The agent is not in the region it demands. */
  WRONG_REGION,
  /** The agent lacks a capability it demands. */
  MISSING_CAPABILITY,
  /** The agent lacks a tool it demands. */
  MISSING_TOOL
}

package dev.muster.domain.enrolment;

import dev.muster.domain.identity.WireNamed;

/** The ways of joining in which no enrolment token notes who came. */
public enum Flow implements WireNamed {
  /** With the key of local mode. */
  LOCAL,
  /** With nothing. */
  LEGACY,
  /** By name, with a token of the tenant's that all of its agents may share. */
  AGENT_TOKEN,
  /** By name, signed with the platform key. */
  SHARED
}

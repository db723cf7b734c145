package dev.muster.domain.fleet;

import dev.muster.domain.identity.WireNamed;

/** What the server asks of an agent beside its jobs. */
public enum AgentControl implements WireNamed {
  /** Finish what you have, take nothing new. */
  DRAIN,
  /** Take work again. */
  RESUME,
  /** Look for a release now. */
  UPDATE
}

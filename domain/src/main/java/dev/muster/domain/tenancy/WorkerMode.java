package dev.muster.domain.tenancy;

import dev.muster.domain.identity.WireNamed;

/** Who runs a tenant's jobs. */
public enum WorkerMode implements WireNamed {
  /** Agents that dial in. */
  AGENT,
  /** The server itself, in its script sandbox. */
  INLINE
}

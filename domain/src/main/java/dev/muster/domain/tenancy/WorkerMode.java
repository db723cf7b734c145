package dev.muster.domain.tenancy;

/** Who runs a tenant's jobs. */
public enum WorkerMode {
  /** Agents that dial in. */
  AGENT,
  /** The server itself, in its script sandbox. */
  INLINE
}

package dev.muster.domain.tenancy;

/** How a job's secrets reach the agent. */
public enum SecretDelivery {
  /** As references, which the agent resolves in its own vault. */
  REFERENCE,
  /** As values taken from the tenant's credentials on the server. */
  INJECT
}

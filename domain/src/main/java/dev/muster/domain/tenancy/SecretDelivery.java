package dev.muster.domain.tenancy;

import dev.muster.domain.identity.WireNamed;

/** How a job's secrets reach the agent. */
public enum SecretDelivery implements WireNamed {
  /** As references, which the agent resolves in its own vault. */
  REFERENCE,
  /** As values taken from the tenant's credentials on the server. */
  INJECT
}

package dev.muster.domain.tenancy;

import dev.muster.domain.identity.WireNamed;

/** Which agents a tenant's jobs go to. */
public enum Pool implements WireNamed {
  /** Platform agents, shared with other tenants. */
  SHARED,
  /** Agents of the tenant's own. */
  DEDICATED
}

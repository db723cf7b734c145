package dev.muster.domain.tenancy;

/** Which agents a tenant's jobs go to. */
public enum Pool {
  /** Platform agents, shared with other tenants. */
  SHARED,
  /** Agents of the tenant's own. */
  DEDICATED
}

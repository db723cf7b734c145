package dev.muster.domain.tenancy;

import dev.muster.domain.identity.WireNamed;

/** Whether a tenant may start work. */
public enum TenantStatus implements WireNamed {
  /** All is open. */
  ACTIVE,
  /** No submits, starts or enrolments; reads, cancels and results go on. */
  SUSPENDED
}

package dev.muster.domain.tenancy;

/** Whether a tenant may start work. */
public enum TenantStatus {
  /** All is open. */
  ACTIVE,
  /** No submits, starts or enrolments; reads, cancels and results go on. */
  SUSPENDED
}

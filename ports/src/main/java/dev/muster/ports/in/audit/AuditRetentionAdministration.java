package dev.muster.ports.in.audit;

import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;

/** How long audit entries are kept, for operators. */
public interface AuditRetentionAdministration {
  /** The fewest days that entries are kept. */
  int LEAST_DAYS = 30;

  /** The most days that can be said; more is for ever. */
  int MOST_DAYS = 36_500;

  /** How long a tenant's entries are kept; a tenant that does not exist is {@code not_found}. */
  Outcome<Kept> find(Caller caller, TenantSlug tenant);

  /**
   * Says how long.
   *
   * @param days {@link #LEAST_DAYS} to {@link #MOST_DAYS}, or 0 for ever
   */
  Outcome<Kept> set(Caller caller, TenantSlug tenant, int days);

  /**
   * How long.
   *
   * @param days 0: for ever
   */
  record Kept(int days) {}
}

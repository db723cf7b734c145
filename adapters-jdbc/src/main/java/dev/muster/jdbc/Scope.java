package dev.muster.jdbc;

import dev.muster.domain.tenancy.TenantId;

/**
 * Whose rows a transaction sees.
 *
 * @param role the database role it works as
 * @param tenant what the policies compare with; empty matches no row
 */
record Scope(String role, String tenant) {
  static final Scope ACROSS_TENANTS = new Scope("muster_system", "");

  static Scope of(TenantId tenant) {
    return new Scope("muster_tenant", tenant.value().toString());
  }
}

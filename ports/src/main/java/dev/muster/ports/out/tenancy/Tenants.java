package dev.muster.ports.out.tenancy;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.Optional;

/** All tenants. The limits that claims and submits are held to follow every change at once. */
@CrossTenant(
    "operators administer tenants, and a slug must be looked up before its tenant is known")
public interface Tenants {
  /** Adds a tenant; false where its slug is taken. */
  boolean add(Tenant tenant);

  /** The tenant of this id. */
  Optional<Tenant> find(TenantId id);

  /** The tenant of this slug; the system tenant is not found by its own. */
  Optional<Tenant> bySlug(TenantSlug slug);

  /** The tenant of this slug, locked until the transaction ends, so that a change is not lost. */
  Optional<Tenant> lockBySlug(TenantSlug slug);

  /** All but the system tenant, newest first. */
  Page<Tenant> list(PageRequest page);

  /** Replaces a tenant's fields (all but id, slug and time of making). */
  void replace(Tenant tenant);
}

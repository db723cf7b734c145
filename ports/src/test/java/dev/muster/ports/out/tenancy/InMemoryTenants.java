package dev.muster.ports.out.tenancy;

import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All tenants, in memory. */
public final class InMemoryTenants implements Tenants {
  private final InMemoryStorage storage;
  private final InMemoryTable<TenantId, Tenant> tenants;

  /** With the system tenant only. */
  public InMemoryTenants(InMemoryStorage storage) {
    this.storage = storage;
    this.tenants = storage.table();
    tenants.put(TenantId.SYSTEM, system());
  }

  private static Tenant system() {
    return new Tenant(
        TenantId.SYSTEM,
        new TenantSlug("system"),
        "System",
        PlanName.ENTERPRISE,
        WorkerMode.AGENT,
        Pool.SHARED,
        Tenant.DEFAULT_WORKER_TYPE,
        SecretDelivery.REFERENCE,
        null,
        0,
        List.of(),
        TenantStatus.ACTIVE,
        Instant.EPOCH);
  }

  /** All of them, for a transaction across tenants. */
  public Stream<Tenant> all() {
    return tenants.stream();
  }

  @Override
  public boolean add(Tenant tenant) {
    return storage.forAllTenants(() -> {
      if (named(tenant.slug()).isPresent()) {
        return false;
      }
      tenants.put(tenant.id(), tenant);
      return true;
    });
  }

  @Override
  public Optional<Tenant> find(TenantId id) {
    return storage.forAllTenants(() -> tenants.find(id));
  }

  @Override
  public Optional<Tenant> bySlug(TenantSlug slug) {
    return storage.forAllTenants(() -> named(slug).filter(tenant -> !tenant.id().isSystem()));
  }

  @Override
  public Optional<Tenant> lockBySlug(TenantSlug slug) {
    return bySlug(slug);
  }

  private Optional<Tenant> named(TenantSlug slug) {
    return tenants.stream().filter(tenant -> tenant.slug().equals(slug)).findFirst();
  }

  @Override
  public Page<Tenant> list(PageRequest page) {
    return storage.forAllTenants(() ->
        InMemoryPages.newestFirst(
            tenants.stream().filter(tenant -> !tenant.id().isSystem()),
            tenant -> new Cursor(tenant.createdAt(), tenant.id().value()),
            page));
  }

  @Override
  public void replace(Tenant tenant) {
    storage.forAllTenants(() -> tenants.change(tenant.id(), before -> tenant));
  }
}

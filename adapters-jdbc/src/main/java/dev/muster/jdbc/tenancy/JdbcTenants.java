package dev.muster.jdbc.tenancy;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.Keyset;
import dev.muster.ports.out.tenancy.Tenants;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tenants. The system tenant is found by its id only: nobody administers it. Thread-safe.
 *
 * <p>The plan's row is locked while limits are taken from it, and before the counters: a plan that
 * changes meanwhile changes them after, and not before.
 */
public final class JdbcTenants implements Tenants {
  private static final String ADD =
      """
      INSERT INTO tenants
        (id, slug, name, plan, worker_mode, pool, worker_type, secret_delivery, weight,
         task_max_concurrent, certificate_fingerprints, status, created_at)
      VALUES
        (:id, :slug, :name, :plan, :worker_mode, :pool, :worker_type, :secret_delivery, :weight,
         :task_max_concurrent, :certificate_fingerprints, :status, :created_at)
      ON CONFLICT (slug) DO NOTHING
      """;

  private static final String ADD_COUNTERS =
      """
      INSERT INTO tenant_counters (tenant_id, max_queued, max_running, weight, open)
      SELECT :id,
             max_queue_size,
             least(max_concurrent_jobs, nullif(:task_max_concurrent, 0)),
             coalesce(:weight, weight),
             :status = 'active'
        FROM plans
       WHERE name = :plan
         FOR SHARE
      """;

  private static final String REPLACE =
      """
      UPDATE tenants
         SET name = :name,
             plan = :plan,
             worker_mode = :worker_mode,
             pool = :pool,
             worker_type = :worker_type,
             secret_delivery = :secret_delivery,
             weight = :weight,
             task_max_concurrent = :task_max_concurrent,
             certificate_fingerprints = :certificate_fingerprints,
             status = :status
       WHERE id = :id
      """;

  private static final String REPLACE_LIMITS =
      """
      UPDATE tenant_counters
         SET max_queued = limits.max_queue_size,
             max_running =
               least(limits.max_concurrent_jobs, nullif(:task_max_concurrent, 0)),
             weight = coalesce(:weight, limits.weight),
             open = :status = 'active'
        FROM (SELECT max_queue_size, max_concurrent_jobs, weight FROM plans WHERE name = :plan FOR SHARE)
             AS limits
       WHERE tenant_id = :id
      """;

  private static final String FIND = "SELECT * FROM tenants WHERE id = :id";

  private static final String BY_SLUG =
      """
      SELECT * FROM tenants
       WHERE slug = :slug AND id <> :system
      """;

  /** Not FOR UPDATE: what refers to the tenant must not wait for an operator. */
  private static final String LOCK_BY_SLUG = BY_SLUG + " FOR NO KEY UPDATE";

  private static final String LIST =
      """
      SELECT * FROM tenants
       WHERE id <> :system AND (created_at, id) < (:after_at, :after_id)
       ORDER BY created_at DESC, id DESC
       LIMIT :limit
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcTenants(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean add(Tenant tenant) {
    return transactions.forAllTenants(handle -> {
      boolean added = change(handle, ADD, tenant) == 1;
      return added && change(handle, ADD_COUNTERS, tenant) == 1;
    });
  }

  @Override
  public Optional<Tenant> find(TenantId id) {
    return transactions.forAllTenants(
        handle -> handle.createQuery(FIND).bind("id", id.value()).map(TenantRows::read).findOne());
  }

  @Override
  public Optional<Tenant> bySlug(TenantSlug slug) {
    return transactions.forAllTenants(handle -> ofSlug(handle, BY_SLUG, slug));
  }

  @Override
  public Optional<Tenant> lockBySlug(TenantSlug slug) {
    return transactions.forAllTenants(handle -> ofSlug(handle, LOCK_BY_SLUG, slug));
  }

  @Override
  public Page<Tenant> list(PageRequest page) {
    return transactions.forAllTenants(handle ->
        Keyset.page(
            handle.createQuery(LIST).bind("system", TenantId.SYSTEM.value()),
            page,
            TenantRows::read,
            tenant -> new Cursor(tenant.createdAt(), tenant.id().value())));
  }

  @Override
  public void replace(Tenant tenant) {
    int changed =
        transactions.forAllTenants(
            handle -> change(handle, REPLACE, tenant) + change(handle, REPLACE_LIMITS, tenant));
    if (changed != 2) {
      throw new IllegalStateException("there is no tenant " + tenant.id());
    }
  }

  private static int change(Handle handle, String sql, Tenant tenant) {
    return TenantRows.bind(handle.createUpdate(sql), tenant).execute();
  }

  private static Optional<Tenant> ofSlug(Handle handle, String sql, TenantSlug slug) {
    return handle
        .createQuery(sql)
        .bind("slug", slug.value())
        .bind("system", TenantId.SYSTEM.value())
        .map(TenantRows::read)
        .findOne();
  }
}

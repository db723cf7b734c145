package dev.muster.jdbc.audit;

import static dev.muster.jdbc.Columns.word;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.Keyset;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.out.audit.AuditArchive;
import dev.muster.ports.out.audit.AuditLog;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The audit logs of all tenants. Thread-safe. */
public final class JdbcAuditLog implements AuditLog, AuditArchive {
  private static final int MONTHS_AHEAD = 3;

  private static final String LIST =
      """
      SELECT * FROM audit_events
       WHERE (at, id) < (:after_at, :after_id)
         AND (:tenant_id::uuid IS NULL OR tenant_id = :tenant_id::uuid)
         AND at >= coalesce(:from::timestamptz, '-infinity')
         AND at < coalesce(:until::timestamptz, 'infinity')
         AND (:action::text IS NULL OR action = :action::text)
         AND (:actor_id::uuid IS NULL OR actor_id = :actor_id::uuid)
         AND (:resource_kind::text IS NULL OR resource_kind = :resource_kind::text)
         AND (:resource_id::text IS NULL OR resource_id = :resource_id::text)
         AND (:outcome::text IS NULL OR outcome = :outcome::text)
         AND (:request_id::text IS NULL OR request_id = :request_id::text)
       ORDER BY at DESC, id DESC
       LIMIT :limit
      """;

  private static final String PREPARE = "SELECT prepare_audit_partitions(:now, :months_ahead)";

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAuditLog(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void append(TenantId tenant, AuditEntry entry) {
    transactions.forTenant(tenant, handle -> AuditInsert.of(handle, tenant, entry));
  }

  @Override
  public void append(TenantId tenant, List<AuditEntry> entries) {
    if (!entries.isEmpty()) {
      transactions.forTenant(tenant, handle -> AuditInsert.all(handle, entries));
    }
  }

  @Override
  public void appendAll(List<AuditEntry> entries) {
    if (!entries.isEmpty()) {
      transactions.forAllTenants(handle -> AuditInsert.all(handle, entries));
    }
  }

  /** Of another tenant than its own it finds nothing, whatever the filter says. */
  @Override
  public Page<AuditEntry> list(TenantId tenant, AuditFilter filter, PageRequest page) {
    return filter.tenant() == null || filter.tenant().equals(tenant)
        ? transactions.forTenant(tenant, handle -> list(handle, tenant, filter, page))
        : new Page<>(List.of(), null);
  }

  @Override
  public Page<AuditEntry> list(AuditFilter filter, PageRequest page) {
    return transactions.forAllTenants(handle -> list(handle, filter.tenant(), filter, page));
  }

  private static Page<AuditEntry> list(
      Handle handle, @Nullable TenantId tenant, AuditFilter filter, PageRequest page) {
    return Keyset.page(
        query(handle, tenant, filter),
        page,
        AuditRows::read,
        entry -> new Cursor(entry.at(), entry.id()));
  }

  private static Query query(Handle handle, @Nullable TenantId tenant, AuditFilter filter) {
    var outcome = filter.outcome();
    return handle
        .createQuery(LIST)
        .bindByType("tenant_id", tenant == null ? null : tenant.value(), UUID.class)
        .bindByType("from", filter.from(), Instant.class)
        .bindByType("until", filter.until(), Instant.class)
        .bind("action", filter.action())
        .bindByType("actor_id", filter.actor(), UUID.class)
        .bind("resource_kind", filter.resourceKind())
        .bind("resource_id", filter.resourceId())
        .bind("outcome", outcome == null ? null : word(outcome))
        .bind("request_id", filter.requestId());
  }

  /** Of another tenant than its own it finds nothing, whatever the filter says. */
  @Override
  public List<AuditEntry> part(
      TenantId tenant, AuditFilter filter, @Nullable Cursor after, int most) {
    return filter.tenant() == null || filter.tenant().equals(tenant)
        ? transactions.forTenant(
            tenant,
            handle -> Keyset.part(query(handle, tenant, filter), after, most, AuditRows::read))
        : List.of();
  }

  @Override
  public List<AuditEntry> part(AuditFilter filter, @Nullable Cursor after, int most) {
    return transactions.forAllTenants(handle ->
        Keyset.part(query(handle, filter.tenant(), filter), after, most, AuditRows::read));
  }

  @Override
  public int preparePartitions(Instant now) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(PREPARE)
            .bind("now", now)
            .bind("months_ahead", MONTHS_AHEAD)
            .mapTo(Integer.class)
            .one());
  }
}

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
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The audit logs of all tenants. Thread-safe. */
public final class JdbcAuditLog implements AuditLog, AuditArchive {
  private static final int MONTHS_AHEAD = 3;

  private static final String APPEND =
      """
      INSERT INTO audit_events
        (tenant_id, at, id, actor_kind, actor_id, actor_name, action, resource_kind, resource_id,
         outcome, before, after, address, user_agent, request_id)
      VALUES
        (:tenant_id, :at, :id, :actor_kind, :actor_id, :actor_name, :action, :resource_kind,
         :resource_id, :outcome, :before, :after, :address, :user_agent, :request_id)
      """;

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
    transactions.forTenant(
        tenant, handle -> bind(handle.createUpdate(APPEND), tenant, entry).execute());
  }

  @Override
  public void append(TenantId tenant, List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    transactions.forTenant(
        tenant,
        handle -> {
          PreparedBatch batch = handle.prepareBatch(APPEND);
          entries.forEach(entry -> bind(batch, tenant, entry).add());
          return batch.execute();
        });
  }

  private static <S extends SqlStatement<S>> S bind(
      S statement, TenantId tenant, AuditEntry entry) {
    return statement
        .bind("tenant_id", tenant.value())
        .bind("at", entry.at())
        .bind("id", entry.id())
        .bind("actor_kind", entry.actor().kind())
        .bindByType("actor_id", entry.actor().id(), UUID.class)
        .bind("actor_name", entry.actor().name())
        .bind("action", entry.action())
        .bind("resource_kind", entry.resource().kind())
        .bind("resource_id", entry.resource().id())
        .bind("outcome", word(entry.outcome()))
        .bind("before", entry.before())
        .bind("after", entry.after())
        .bind("address", entry.origin().address())
        .bind("user_agent", entry.origin().userAgent())
        .bind("request_id", entry.origin().requestId());
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
    var outcome = filter.outcome();
    return Keyset.page(
        handle
            .createQuery(LIST)
            .bindByType("tenant_id", tenant == null ? null : tenant.value(), UUID.class)
            .bindByType("from", filter.from(), Instant.class)
            .bindByType("until", filter.until(), Instant.class)
            .bind("action", filter.action())
            .bindByType("actor_id", filter.actor(), UUID.class)
            .bind("resource_kind", filter.resourceKind())
            .bind("resource_id", filter.resourceId())
            .bind("outcome", outcome == null ? null : word(outcome)),
        page,
        AuditRows::read,
        entry -> new Cursor(entry.at(), entry.id()));
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

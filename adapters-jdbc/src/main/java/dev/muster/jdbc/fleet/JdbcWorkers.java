package dev.muster.jdbc.fleet;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.Keyset;
import dev.muster.ports.in.fleet.WorkerQueries.Worker;
import dev.muster.ports.in.fleet.WorkerQueries.WorkerFilter;
import dev.muster.ports.out.fleet.WorkerDirectory;
import dev.muster.ports.out.fleet.Workers;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The agents that are connected. Thread-safe. */
public final class JdbcWorkers implements Workers, WorkerDirectory {
  /** What was online before replicas were noted has none until its next call. */
  private static final String CONNECTED =
      "SELECT "
          + JdbcAgentRows.COLUMNS
          + """
          , agent.replica, agent.connected_since,
            CASE WHEN agent.tenant_id = :system THEN agent.serves_tenant ELSE tenants.slug END
              AS slug
          FROM agents AS agent
          JOIN tenants ON tenants.id = agent.tenant_id
          WHERE agent.last_seen_at > :online_since AND agent.enabled AND
          """
          + JdbcAgentRows.DIALS_IN
          + """
            AND agent.replica IS NOT NULL AND agent.connected_since IS NOT NULL
            AND (agent.created_at, agent.id) < (:after_at, :after_id)
            AND (:tenant_id::uuid IS NULL OR agent.tenant_id = :tenant_id::uuid)
            AND (:replica::text IS NULL OR agent.replica = :replica::text)
          ORDER BY agent.created_at DESC, agent.id DESC
          LIMIT :limit
          """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcWorkers(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Page<Worker> connected(
      TenantId tenant, WorkerFilter filter, Instant onlineSince, PageRequest page) {
    return transactions.forTenant(
        tenant, handle -> read(handle, filter.ofTenant(tenant), onlineSince, page));
  }

  @Override
  public Page<Worker> connected(WorkerFilter filter, Instant onlineSince, PageRequest page) {
    return transactions.forAllTenants(handle -> read(handle, filter, onlineSince, page));
  }

  private static Page<Worker> read(
      Handle handle, WorkerFilter filter, Instant onlineSince, PageRequest page) {
    UUID tenant = filter.tenant() == null ? null : filter.tenant().value();
    return Keyset.page(
        handle
            .createQuery(CONNECTED)
            .bind("system", TenantId.SYSTEM.value())
            .bind("online_since", onlineSince)
            .bindByType("tenant_id", tenant, UUID.class)
            .bind("replica", filter.replica()),
        page,
        JdbcWorkers::worker,
        worker -> new Cursor(worker.agent().createdAt(), worker.agent().id().value()));
  }

  private static Worker worker(ResultSet row, StatementContext context) throws SQLException {
    return new Worker(
        JdbcAgentRows.read(row, context),
        slug(row.getString("slug")),
        Columns.text(row, "replica"),
        Columns.instant(row, "connected_since"));
  }

  private static @Nullable TenantSlug slug(@Nullable String slug) {
    return slug == null ? null : new TenantSlug(slug);
  }
}

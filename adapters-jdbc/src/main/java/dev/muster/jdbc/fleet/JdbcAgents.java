package dev.muster.jdbc.fleet;

import static dev.muster.jdbc.Columns.word;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.Keyset;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.in.fleet.AgentAdministration.AgentFilter;
import dev.muster.ports.in.fleet.AgentAdministration.AgentStats;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Agents. The platform's are read across tenants, because the jobs that they have are other
 * tenants'. Thread-safe.
 */
public final class JdbcAgents implements Agents {
  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcAgents(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean add(TenantId tenant, Agent agent) {
    int added =
        transactions.forTenant(
            tenant,
            handle ->
                bind(handle.createUpdate(AgentSql.ADD), agent)
                    .bind("tenant_id", tenant.value())
                    .execute());
    return added == 1;
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Agent agent) {
    var serves = agent.servesTenant();
    return statement
        .bind("id", agent.id().value())
        .bind("name", agent.name().value())
        .bind("capabilities", SqlArray.of(String.class, agent.abilities().capabilities()))
        .bind("tools", SqlArray.of(String.class, agent.abilities().tools()))
        .bind("region", agent.abilities().region())
        .bind("worker_type", agent.workerType())
        .bind("serves_tenant", serves == null ? null : serves.value())
        .bind("max_concurrent", agent.maxConcurrent())
        .bind("enabled", agent.enabled())
        .bind("draining", agent.draining())
        .bind("version", agent.version())
        .bindByType("last_seen_at", agent.lastSeenAt(), Instant.class)
        .bind("created_at", agent.createdAt());
  }

  @Override
  public Optional<Agent> find(TenantId tenant, AgentId id) {
    return one(tenant, AgentSql.FIND, "id", id.value());
  }

  @Override
  public Optional<Agent> lock(TenantId tenant, AgentId id) {
    return one(tenant, AgentSql.LOCK, "id", id.value());
  }

  @Override
  public Optional<Agent> byName(TenantId tenant, AgentName name) {
    return one(tenant, AgentSql.BY_NAME, "name", name.value());
  }

  private Optional<Agent> one(TenantId tenant, String sql, String key, Object value) {
    return withJobs(
        tenant,
        handle ->
            handle
                .createQuery(sql)
                .bind("tenant_id", tenant.value())
                .bind(key, value)
                .map(JdbcAgentRows::read)
                .findOne());
  }

  @Override
  public Page<Agent> list(
      TenantId tenant, AgentFilter filter, Instant onlineSince, PageRequest page) {
    return withJobs(
        tenant,
        handle ->
            Keyset.page(
                handle
                    .createQuery(AgentSql.LIST)
                    .bind("tenant_id", tenant.value())
                    .bind("online", filter.online())
                    .bind("online_since", onlineSince)
                    .bind("enabled", filter.enabled())
                    .bind("region", filter.region())
                    .bind("capability", filter.capability()),
                page,
                JdbcAgentRows::read,
                agent -> new Cursor(agent.createdAt(), agent.id().value())));
  }

  @Override
  public void steer(
      TenantId tenant,
      AgentId id,
      boolean enabled,
      boolean draining,
      @Nullable AgentControl control) {
    transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate(AgentSql.STEER)
                .bind("tenant_id", tenant.value())
                .bind("id", id.value())
                .bind("enabled", enabled)
                .bind("draining", draining)
                .bind("control", control == null ? null : word(control))
                .execute());
  }

  @Override
  public void remove(TenantId tenant, AgentId id) {
    transactions.forTenant(
        tenant,
        handle -> {
          for (String sql : List.of(AgentSql.FORGET_NAME, AgentSql.REMOVE)) {
            handle
                .createUpdate(sql)
                .bind("tenant_id", tenant.value())
                .bind("id", id.value())
                .execute();
          }
          return true;
        });
  }

  @Override
  public AgentStats stats(TenantId tenant, Instant onlineSince) {
    return withJobs(
        tenant,
        handle ->
            handle
                .createQuery(AgentSql.STATS)
                .bind("tenant_id", tenant.value())
                .bind("online_since", onlineSince)
                .map((row, unused) ->
                    new AgentStats(
                        row.getInt("total"),
                        row.getInt("online"),
                        row.getInt("total") - row.getInt("online"),
                        row.getInt("disabled"),
                        row.getInt("draining"),
                        row.getInt("capacity"),
                        row.getInt("leased")))
                .one());
  }

  private <T> T withJobs(TenantId tenant, Function<Handle, T> sql) {
    return tenant.isSystem()
        ? transactions.forAllTenants(sql)
        : transactions.forTenant(tenant, sql);
  }
}

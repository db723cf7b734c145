package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.QueuePriority;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.scheduling.QueueSnapshots;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Queue and fleet one by one. Thread-safe. */
public final class JdbcQueueSnapshots implements QueueSnapshots {
  /** So that a tenant with many lanes costs time and not memory. */
  private static final int ROWS_AT_A_TIME = 1_000;

  private static final long NANOS_PER_MICRO = 1_000;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcQueueSnapshots(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Waiting> waiting(Map<TenantId, Integer> most, Instant now) {
    return most.isEmpty()
        ? List.of()
        : transactions.forAllTenants(handle -> first(handle, most, now));
  }

  private static List<Waiting> first(Handle handle, Map<TenantId, Integer> most, Instant now) {
    List<TenantId> tenants = List.copyOf(most.keySet());
    Comparator<Waiting> lastFirst =
        Comparator.comparing(Waiting::job, QueuePriority.order(now)).reversed();
    Map<TenantId, PriorityQueue<Waiting>> first = new HashMap<>();
    handle
        .createQuery(SnapshotSql.WAITING)
        .bindArray("tenants", UUID.class, tenants.stream().map(TenantId::value).toList())
        .bindArray(
            "most", Integer.class, tenants.stream().map(id -> most.getOrDefault(id, 0)).toList())
        .setFetchSize(ROWS_AT_A_TIME)
        .map(JdbcQueueSnapshots::job)
        .forEach(each -> {
          TenantId tenant = each.job().tenant();
          PriorityQueue<Waiting> its =
              first.computeIfAbsent(tenant, id -> new PriorityQueue<>(lastFirst));
          its.add(each);
          if (its.size() > most.getOrDefault(tenant, 0)) {
            its.remove();
          }
        });
    List<Waiting> all = new ArrayList<>();
    first.values().forEach(all::addAll);
    return all;
  }

  private static Waiting job(ResultSet row, StatementContext context) throws SQLException {
    return new Waiting(QueueReading.job(row, context), Columns.text(row, "type"));
  }

  @Override
  public List<Seeker> agents(Instant since, int most) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(SnapshotSql.AGENTS)
            .bind("since", since)
            .bind("most", most)
            .map(JdbcQueueSnapshots::agent)
            .list());
  }

  private static Seeker agent(ResultSet row, StatementContext context) throws SQLException {
    int most = row.getInt("max_concurrent");
    return CrowdReading.alike(row, most, row.getInt("leased"), most);
  }

  @Override
  public List<Leased> leased(int most) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(SnapshotSql.LEASED)
            .bind("most", most)
            .map((row, context) ->
                new Leased(
                    new JobId(Columns.uuid(row, "id")),
                    new TenantId(Columns.uuid(row, "tenant_id")),
                    Columns.constant(row, "pool", Pool.class),
                    new AgentId(Columns.uuid(row, "agent_id")),
                    Columns.text(row, "type"),
                    Columns.instant(row, "assigned_at")))
            .list());
  }

  @Override
  public Map<String, Duration> runTimes(Instant since, int sample) {
    return transactions.forAllTenants(handle -> {
      Map<String, Duration> means = new HashMap<>();
      handle
          .createQuery(SnapshotSql.RUN_TIMES)
          .bind("since", since)
          .bind("sample", sample)
          .map((row, context) ->
              Map.entry(
                  Columns.text(row, "type"),
                  Duration.ofNanos(row.getLong("micros") * NANOS_PER_MICRO)))
          .forEach(mean -> means.put(mean.getKey(), mean.getValue()));
      return means;
    });
  }
}

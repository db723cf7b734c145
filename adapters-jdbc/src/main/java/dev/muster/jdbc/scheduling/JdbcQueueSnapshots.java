package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.Prospect.Experience;
import dev.muster.domain.scheduling.QueuePriority;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.World.Entry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
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
import org.jspecify.annotations.Nullable;

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
  public List<Entry> waiting(Map<TenantId, Integer> most, Instant now) {
    return most.isEmpty()
        ? List.of()
        : transactions.forAllTenants(handle -> first(handle, most, now));
  }

  private static List<Entry> first(Handle handle, Map<TenantId, Integer> most, Instant now) {
    List<TenantId> tenants = List.copyOf(most.keySet());
    Comparator<Entry> lastFirst =
        Comparator.comparing(Entry::job, QueuePriority.order(now)).reversed();
    Map<TenantId, PriorityQueue<Entry>> first = new HashMap<>();
    handle
        .createQuery(SnapshotSql.WAITING)
        .bind("tenants", SqlArray.of(UUID.class, tenants.stream().map(TenantId::value).toList()))
        .bind(
            "most",
            SqlArray.of(
                Integer.class, tenants.stream().map(id -> most.getOrDefault(id, 0)).toList()))
        .setFetchSize(ROWS_AT_A_TIME)
        .map(JdbcQueueSnapshots::entry)
        .forEach(each -> {
          TenantId tenant = each.job().tenant();
          PriorityQueue<Entry> its =
              first.computeIfAbsent(tenant, id -> new PriorityQueue<>(lastFirst));
          its.add(each);
          if (its.size() > most.getOrDefault(tenant, 0)) {
            its.remove();
          }
        });
    List<Entry> all = new ArrayList<>();
    first.values().forEach(all::addAll);
    return all;
  }

  @Override
  public List<Entry> delayed(Instant until, int most) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(SnapshotSql.DELAYED)
            .bind("until", until)
            .bind("most", most)
            .map(JdbcQueueSnapshots::entry)
            .list());
  }

  private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
    return new Entry(
        QueueReading.job(row, context),
        Columns.text(row, "type"),
        Columns.instant(row, "due_at"),
        Duration.ofSeconds(row.getLong("queue_timeout_seconds")),
        row.getInt("attempts_used"),
        row.getInt("max_attempts"));
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
  public List<Held> leased(int most) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(SnapshotSql.LEASED)
            .bind("most", most)
            .map((row, context) ->
                new Held(
                    entry(row, context),
                    new AgentId(Columns.uuid(row, "agent_id")),
                    Columns.instant(row, "assigned_at")))
            .list());
  }

  @Override
  public Map<String, Experience> experience(Instant since, int sample) {
    return transactions.forAllTenants(handle -> {
      Map<String, Experience> experience = new HashMap<>();
      handle
          .createQuery(SnapshotSql.EXPERIENCE)
          .bind("since", since)
          .bind("sample", sample)
          .bind("attempts", MOST_ATTEMPTS)
          .map((row, context) -> Map.entry(Columns.text(row, "type"), experience(row)))
          .forEach(each -> experience.put(each.getKey(), each.getValue()));
      return experience;
    });
  }

  private static Experience experience(ResultSet row) throws SQLException {
    return new Experience(
        row.getLong("attempts"),
        row.getLong("failed"),
        row.getLong("fatal"),
        duration(row, "completes"),
        duration(row, "fails"));
  }

  private static @Nullable Duration duration(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Duration.ofNanos(micros * NANOS_PER_MICRO);
  }
}

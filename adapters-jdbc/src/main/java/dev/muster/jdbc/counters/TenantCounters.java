package dev.muster.jdbc.counters;

import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.SqlArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What is counted of tenants. A tenant's row is the last lock that a transaction takes, because
 * everything that happens to the tenant's jobs has to pass it.
 */
public final class TenantCounters {
  /** What a {@link TenantStanding} is read from, with the row as {@code counters}. */
  public static final String COLUMNS =
      """
      counters.tenant_id, tenants.slug, counters.version, counters.open,
      counters.queued, counters.running, counters.running_shared, counters.max_running,
      counters.weight, counters.virtual_time, counters.arrivals
      """;

  /** Locks the rows in their order before it changes the first. */
  private static final String APPLY =
      """
      WITH locked AS MATERIALIZED (
        SELECT tenant_id FROM tenant_counters
        WHERE tenant_id = ANY (:tenants)
        ORDER BY tenant_id
        FOR NO KEY UPDATE
      )
      UPDATE tenant_counters AS counters SET
        queued = counters.queued + change.queued,
        running = counters.running + change.running,
        running_shared = counters.running_shared + change.running_shared,
        arrivals = counters.arrivals + change.arrivals
      FROM unnest(:tenants, :queued, :running, :runningShared, :arrivals)
        AS change (tenant_id, queued, running, running_shared, arrivals)
      JOIN locked ON locked.tenant_id = change.tenant_id
      JOIN tenants ON tenants.id = change.tenant_id
      WHERE counters.tenant_id = change.tenant_id
        AND (:unbounded
          OR counters.open AND counters.queued + change.queued <= counters.max_queued)
      RETURNING
      """
          + COLUMNS;

  private TenantCounters() {}

  /**
   * Counts changes, whatever the limits.
   *
   * @return how those tenants stand then
   */
  public static List<TenantStanding> apply(Handle handle, Collection<CounterChange> changes) {
    return apply(handle, sums(changes), true);
  }

  /**
   * Counts jobs into the queues of tenants that are open and have room for all of theirs.
   *
   * @return how the tenants stand then; empty where one of them takes fewer: the transaction is to
   *     be undone
   */
  public static Optional<List<TenantStanding>> enter(
      Handle handle, Collection<CounterChange> changes) {
    List<CounterChange> sums = sums(changes);
    List<TenantStanding> standings = apply(handle, sums, false);
    return standings.size() == sums.size() ? Optional.of(standings) : Optional.empty();
  }

  private static List<CounterChange> sums(Collection<CounterChange> changes) {
    Map<TenantId, CounterChange> byTenant = new TreeMap<>(TenantCounters::order);
    changes.forEach(change -> byTenant.merge(change.tenant(), change, CounterChange::plus));
    return List.copyOf(byTenant.values());
  }

  private static List<TenantStanding> apply(
      Handle handle, List<CounterChange> sums, boolean unbounded) {
    return handle
        .createQuery(APPLY)
        .bind(
            "tenants",
            SqlArray.of(UUID.class, sums.stream().map(sum -> sum.tenant().value()).toList()))
        .bind("queued", SqlArray.of(Integer.class, each(sums, CounterChange::queued)))
        .bind("running", SqlArray.of(Integer.class, each(sums, CounterChange::running)))
        .bind("runningShared", SqlArray.of(Integer.class, each(sums, CounterChange::runningShared)))
        .bind("arrivals", SqlArray.of(Integer.class, each(sums, CounterChange::arrivals)))
        .bind("unbounded", unbounded)
        .map(TenantCounters::standing)
        .list();
  }

  private static int order(TenantId one, TenantId other) {
    return one.value().compareTo(other.value());
  }

  private static List<Integer> each(List<CounterChange> sums, ToIntFunction<CounterChange> of) {
    return sums.stream().mapToInt(of).boxed().toList();
  }

  /** Reads {@link #COLUMNS}. */
  public static TenantStanding standing(ResultSet row, StatementContext context)
      throws SQLException {
    return new TenantStanding(
        new TenantId(Columns.uuid(row, "tenant_id")),
        new TenantSlug(Columns.text(row, "slug")),
        row.getLong("version"),
        row.getBoolean("open"),
        row.getInt("queued"),
        row.getInt("running"),
        row.getInt("running_shared"),
        row.getInt("max_running"),
        row.getInt("weight"),
        row.getLong("virtual_time"),
        row.getLong("arrivals"));
  }
}

package dev.muster.jdbc.counters;

import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.jdbc.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What is counted of tenants. A tenant's row is the first lock that anyone takes. */
public final class TenantCounters {
  /** What a {@link TenantStanding} is read from, with the row as {@code counters}. */
  public static final String COLUMNS =
      """
      counters.tenant_id, tenants.slug, counters.version,
      counters.open AND tenants.worker_mode = 'agent' AS open,
      counters.queued, counters.running, counters.running_shared, counters.max_running,
      counters.weight, counters.virtual_time, counters.arrivals
      """;

  private static final String APPLY =
      """
      UPDATE tenant_counters AS counters SET
        queued = counters.queued + change.queued,
        running = counters.running + change.running,
        running_shared = counters.running_shared + change.running_shared,
        arrivals = counters.arrivals + change.arrivals
      FROM unnest(:tenants, :queued, :running, :runningShared, :arrivals)
        AS change (tenant_id, queued, running, running_shared, arrivals)
      JOIN tenants ON tenants.id = change.tenant_id
      WHERE counters.tenant_id = change.tenant_id
      RETURNING
      """
          + COLUMNS;

  private static final String LOCK =
      """
      SELECT tenant_id FROM tenant_counters
      WHERE tenant_id = ANY (:tenants)
      ORDER BY tenant_id
      FOR NO KEY UPDATE
      """;

  private TenantCounters() {}

  /** Locks the rows of some tenants, in their order, until the transaction ends. */
  public static void lock(Handle handle, Collection<TenantId> tenants) {
    handle
        .createQuery(LOCK)
        .bindArray("tenants", UUID.class, tenants.stream().map(TenantId::value).toList())
        .mapTo(UUID.class)
        .list();
  }

  /**
   * Counts changes, whatever the limits. Who changes several tenants has locked them before.
   *
   * @return how those tenants stand then
   */
  public static List<TenantStanding> apply(Handle handle, Collection<CounterChange> changes) {
    Map<TenantId, CounterChange> byTenant = new TreeMap<>(TenantCounters::order);
    changes.forEach(change -> byTenant.merge(change.tenant(), change, CounterChange::plus));
    List<CounterChange> sums = List.copyOf(byTenant.values());
    return handle
        .createQuery(APPLY)
        .bindArray("tenants", UUID.class, sums.stream().map(sum -> sum.tenant().value()).toList())
        .bindArray("queued", Integer.class, each(sums, CounterChange::queued))
        .bindArray("running", Integer.class, each(sums, CounterChange::running))
        .bindArray("runningShared", Integer.class, each(sums, CounterChange::runningShared))
        .bindArray("arrivals", Integer.class, each(sums, CounterChange::arrivals))
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

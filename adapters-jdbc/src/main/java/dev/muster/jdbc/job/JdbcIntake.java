package dev.muster.jdbc.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.counters.CounterChange;
import dev.muster.jdbc.counters.TenantCounters;
import dev.muster.ports.out.job.Intake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** New jobs of all tenants, in as many statements for many as for one. Thread-safe. */
public final class JdbcIntake implements Intake {
  private static final String LOOK =
      """
      SELECT
        counters.tenant_id, counters.open, counters.max_queued - counters.queued AS room,
        tenants.worker_mode, tenants.pool, tenants.worker_type
      FROM tenant_counters AS counters JOIN tenants ON tenants.id = counters.tenant_id
      WHERE counters.tenant_id = ANY (:tenants)
      """;

  /** Mode, pool and worker type are as they were when it began to wait for the lock, or newer. */
  private static final String LOCK =
      LOOK + "ORDER BY counters.tenant_id FOR NO KEY UPDATE OF counters";

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcIntake(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Map<TenantId, Entrance> look(Collection<TenantId> tenants) {
    return entrances(LOOK, tenants);
  }

  @Override
  public Map<TenantId, Entrance> lock(Collection<TenantId> tenants) {
    return entrances(LOCK, tenants);
  }

  private Map<TenantId, Entrance> entrances(String query, Collection<TenantId> tenants) {
    Map<TenantId, Entrance> entrances = new HashMap<>();
    transactions.forAllTenants(handle ->
        handle
            .createQuery(query)
            .bind(
                "tenants", SqlArray.of(UUID.class, tenants.stream().map(TenantId::value).toList()))
            .map((row, context) ->
                entrances.put(new TenantId(Columns.uuid(row, "tenant_id")), entrance(row)))
            .list());
    return entrances;
  }

  private static Entrance entrance(ResultSet row) throws SQLException {
    Placement placement =
        Placement.of(
            Columns.constant(row, "worker_mode", WorkerMode.class),
            Columns.constant(row, "pool", Pool.class),
            Columns.text(row, "worker_type"));
    return new Entrance(
        row.getBoolean("open"), row.getInt("room"), placement.pool(), placement.workerType());
  }

  @Override
  public List<TenantStanding> add(List<Job> jobs, Instant now) {
    List<NewJob> rows = new ArrayList<>();
    List<CounterChange> changes = new ArrayList<>();
    for (Job job : jobs) {
      boolean due = job.availableAt() == null || !job.availableAt().isAfter(now);
      rows.add(new NewJob(job, due));
      changes.add(CounterChange.of(null, job, due));
    }
    changes.removeIf(CounterChange::isNothing);
    return transactions.forAllTenants(handle -> {
      NewJobs.insert(handle, rows);
      return changes.isEmpty()
          ? List.of()
          : TenantCounters.enter(handle, changes).orElseThrow(Overtaken::new);
    });
  }
}

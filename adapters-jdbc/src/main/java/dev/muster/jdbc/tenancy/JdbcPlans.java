package dev.muster.jdbc.tenancy;

import static dev.muster.jdbc.Columns.constant;
import static dev.muster.jdbc.Columns.word;

import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.tenancy.Plans;
import org.jdbi.v3.core.Handle;

/** The plan table. Thread-safe. */
public final class JdbcPlans implements Plans {
  private static final String GET = "SELECT * FROM plans WHERE name = :name";

  private static final String REPLACE =
      """
      UPDATE plans
         SET max_concurrent_jobs = :max_concurrent_jobs,
             max_queue_size = :max_queue_size,
             weight = :weight
       WHERE name = :name
      """;

  /** The counters are locked in the order in which claims lock them. */
  private static final String FOLLOW =
      """
      WITH concerned AS (
        SELECT tenant_counters.tenant_id, tenants.task_max_concurrent, tenants.weight
          FROM tenant_counters JOIN tenants ON tenants.id = tenant_counters.tenant_id
         WHERE tenants.plan = :name AND tenants.id <> :system
         ORDER BY tenant_counters.tenant_id
           FOR NO KEY UPDATE OF tenant_counters
      )
      UPDATE tenant_counters
         SET max_queued = :max_queue_size,
             max_running = least(:max_concurrent_jobs, nullif(concerned.task_max_concurrent, 0)),
             weight = coalesce(concerned.weight, :weight)
        FROM concerned
       WHERE tenant_counters.tenant_id = concerned.tenant_id
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcPlans(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Plan get(PlanName name) {
    return transactions.inAnyScope(handle ->
        handle
            .createQuery(GET)
            .bind("name", word(name))
            .map((row, unused) ->
                new Plan(
                    constant(row, "name", PlanName.class),
                    row.getInt("max_concurrent_jobs"),
                    row.getInt("max_queue_size"),
                    row.getInt("weight")))
            .one());
  }

  @Override
  public void replace(Plan plan) {
    transactions.forAllTenants(
        handle -> change(handle, REPLACE, plan) + change(handle, FOLLOW, plan));
  }

  private static int change(Handle handle, String sql, Plan plan) {
    return handle
        .createUpdate(sql)
        .bind("name", word(plan.name()))
        .bind("max_concurrent_jobs", plan.maxConcurrentJobs())
        .bind("max_queue_size", plan.maxQueueSize())
        .bind("weight", plan.weight())
        .bind("system", TenantId.SYSTEM.value())
        .execute();
  }
}

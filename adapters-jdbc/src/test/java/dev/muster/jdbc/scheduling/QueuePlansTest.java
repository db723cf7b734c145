package dev.muster.jdbc.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.GenericPlan;
import dev.muster.jdbc.job.JdbcJobStorage;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobStorageContract;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How PostgreSQL reads a long queue: by index, whatever the statistics tempt it to. */
class QueuePlansTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final int TENANTS = 100;
  private static final int JOBS_EACH = 500;

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }

  @Test
  void reading_the_lanes_of_fifty_thousand_jobs_reads_the_first_of_each_by_index() {
    Set<TenantId> tenants = fill();

    GenericPlan plan = genericPlan(tenants);
    Map<TenantId, List<LaneStart>> lanes = storage().queue().lanes(tenants, 3);

    assertThat(plan.text()).contains("jobs_in_lane").doesNotContain("Seq Scan on jobs");
    // Four lanes a tenant, three jobs of each; and each lane once more to find the next.
    assertThat(lanes.values().stream().flatMap(List::stream)).hasSize(TENANTS * 4);
    assertThat(lanes.values().stream().flatMap(List::stream))
        .allMatch(lane -> lane.first().size() == 3 && !lane.whole());
    assertThat(plan.entriesRead("jobs_in_lane")).isBetween(TENANTS * 4.0 * 3, TENANTS * 4.0 * 5);
  }

  private Set<TenantId> fill() {
    Set<TenantId> tenants = new HashSet<>();
    for (int i = 0; i < TENANTS; i++) {
      Tenant tenant = tenant(PlanName.ENTERPRISE);
      insert(tenant);
      tenants.add(tenant.id());
    }
    STORAGE.database().asSuperuser().useHandle(handle -> handle.execute("ANALYZE"));
    return tenants;
  }

  private static void insert(Tenant tenant) {
    STORAGE
        .database()
        .asSuperuser()
        .useHandle(handle ->
            handle
                .createUpdate(
                    """
                    WITH counted AS (
                      UPDATE tenant_counters SET queued = :jobs WHERE tenant_id = :tenant
                    )
                    INSERT INTO jobs (
                      tenant_id, id, type, priority, payload, capabilities, tools,
                      when_no_agent, max_attempts, run_timeout_seconds, queue_timeout_seconds,
                      pool, worker_type, created_by, lane, status, due, queued_at, due_at,
                      expires_at, attempt, attempts_used)
                    SELECT
                      :tenant, gen_random_uuid(), 'scan',
                      (ARRAY['critical', 'high', 'normal', 'low'])[1 + number % 4], '{}', '{}',
                      '{}', 'queue', 3, 60, 60, 'shared', 'task', 'user:ada',
                      md5('lane ' || number % 4)::uuid, 'queued', true,
                      :now - make_interval(secs => number), :now, :now, 0, 0
                    FROM generate_series(1, :jobs) AS number
                    """)
                .bind("tenant", tenant.id().value())
                .bind("jobs", JOBS_EACH)
                .bind("now", NOW)
                .execute());
  }

  private static GenericPlan genericPlan(Set<TenantId> tenants) {
    String numbered = QueueReading.LANES.replace(":tenants", "$1").replace(":window", "$2");
    String ids =
        tenants.stream()
            .map(tenant -> tenant.value().toString())
            .collect(Collectors.joining(",", "{", "}"));
    return STORAGE
        .transactions()
        .forAllTenants(handle ->
            GenericPlan.of(handle, "uuid[], integer", numbered, "'%s', 3".formatted(ids)));
  }
}

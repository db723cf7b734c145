package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.jdbc.GenericPlan;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobStorageContract;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How PostgreSQL counts those before a job: by index, and no more of them than are told of. */
class PlaceInLinePlanTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final int MOST = 1_000;
  private static final int QUEUED = 20_000;

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }

  @Test
  void the_end_of_a_long_line_costs_as_much_as_its_first_thousand() {
    fill(tenant(PlanName.ENTERPRISE), QUEUED);
    STORAGE.database().asSuperuser().useHandle(handle -> handle.execute("ANALYZE"));

    GenericPlan plan = genericPlan();

    assertThat(plan.text()).contains("jobs_in_line").doesNotContain("Seq Scan on jobs");
    assertThat(plan.entriesRead("jobs_in_line")).isEqualTo(MOST);
  }

  private static void fill(Tenant tenant, int jobs) {
    STORAGE
        .database()
        .asSuperuser()
        .useHandle(handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO jobs (
                      tenant_id, id, type, priority, payload, capabilities, tools,
                      when_no_agent, max_attempts, run_timeout_seconds, queue_timeout_seconds,
                      pool, worker_type, created_by, lane, status, due, queued_at, due_at,
                      expires_at, attempt, attempts_used)
                    SELECT
                      :tenant, gen_random_uuid(), 'scan', 'normal', '{}', '{}', '{}', 'queue', 3,
                      60, 60, 'shared', 'task', 'user:ada', gen_random_uuid(), 'queued', true,
                      :now - interval '1 hour', :now, :now, 0, 0
                    FROM generate_series(1, :jobs)
                    """)
                .bind("tenant", tenant.id().value())
                .bind("jobs", jobs)
                .bind("now", NOW)
                .execute());
  }

  private static GenericPlan genericPlan() {
    String numbered =
        PlaceInLine.COUNT
            .replace(":agents", "$1")
            .replace(":priorities", "$2")
            .replace(":froms", "$3")
            .replace(":ats", "$4")
            .replace(":ids", "$5")
            .replace(":most", "$6");
    String types = "uuid[], text[], timestamptz[], timestamptz[], uuid[], int";
    return STORAGE
        .transactions()
        .forAllTenants(handle -> GenericPlan.of(handle, types, numbered, ranges()));
  }

  private static String ranges() {
    String agents = "00000000-0000-0000-0000-000000000001";
    String first = "00000000-0000-0000-0000-000000000000";
    return "'{%s,%s}', '{high,normal}', '{%s,%s}', '{%s,%s}', '{%s,%s}', %d"
        .formatted(agents, agents, Instant.EPOCH, Instant.EPOCH, NOW, NOW, first, first, MOST);
  }
}

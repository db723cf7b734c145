package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobStorageContract;
import java.sql.SQLException;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How PostgreSQL counts those before a job: by index, and no more of them than are told of. */
class PlaceInLinePlanTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final Pattern ACTUAL = Pattern.compile("actual rows=([0-9.]+) loops=([0-9]+)");
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

    String plan = genericPlan();

    assertThat(plan).contains("jobs_in_line").doesNotContain("Seq Scan on jobs");
    assertThat(entriesRead(plan)).isEqualTo(MOST);
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

  /** The plan that a prepared statement has after a while, which knows no values. */
  private static String genericPlan() {
    String numbered =
        PlaceInLine.COUNT
            .replace(":lines", "$1")
            .replace(":agents", "$2")
            .replace(":priorities", "$3")
            .replace(":ats", "$4")
            .replace(":ids", "$5")
            .replace(":most", "$6");
    return STORAGE
        .transactions()
        .forAllTenants(handle -> {
          run(handle, "SET LOCAL plan_cache_mode = force_generic_plan");
          run(
              handle,
              "PREPARE places (int[], uuid[], text[], timestamptz[], uuid[], int) AS " + numbered);
          String plan = run(handle, "EXPLAIN (ANALYZE, TIMING OFF) EXECUTE places " + ranges());
          run(handle, "DEALLOCATE places");
          return plan;
        });
  }

  private static String ranges() {
    String agents = "00000000-0000-0000-0000-000000000001";
    String first = "00000000-0000-0000-0000-000000000000";
    return "('{0,0}', '{%s,%s}', '{high,normal}', '{%s,%s}', '{%s,%s}', %d)"
        .formatted(agents, agents, NOW, NOW, first, first, MOST);
  }

  /** As it stands: what comes after a dollar or a colon here is not for Jdbi. */
  private static String run(Handle handle, String sql) {
    StringJoiner answer = new StringJoiner("\n");
    try (var statement = handle.getConnection().createStatement()) {
      if (statement.execute(sql)) {
        for (var rows = statement.getResultSet(); rows.next(); ) {
          answer.add(rows.getString(1));
        }
      }
      return answer.toString();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** How many entries of the line's index were read to carry the plan out. */
  private static double entriesRead(String plan) {
    return plan.lines()
        .filter(line -> line.contains("jobs_in_line"))
        .map(ACTUAL::matcher)
        .filter(Matcher::find)
        .mapToDouble(found -> Double.parseDouble(found.group(1)) * Long.parseLong(found.group(2)))
        .sum();
  }
}

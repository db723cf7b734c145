package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.paging.PageRequest;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How PostgreSQL finds what failed among much that did not: without reading the rest. */
class JobListingPlansTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final int DONE = 20_000;
  private static final int FAILED = 20;

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }

  @Test
  void the_few_jobs_that_failed_are_listed_without_reading_those_that_did_not() {
    Tenant tenant = tenant(PlanName.FREE);
    insert(tenant, JobStatus.COMPLETED, DONE);
    insert(tenant, JobStatus.FAILED, FAILED);
    STORAGE.database().asSuperuser().useHandle(handle -> handle.execute("ANALYZE jobs"));
    JobFilter failed = new JobFilter(JobStatus.FAILED, null, null, null);
    JobFilter full = new JobFilter(null, null, null, null, "disk_full", null, null, null);

    for (JobFilter filter : new JobFilter[] {failed, full}) {
      String overAll = STORAGE.transactions().forAllTenants(handle -> plan(handle, filter));
      String ofOne =
          STORAGE
              .transactions()
              .forTenant(tenant.id(), handle -> plan(handle, filter.ofTenant(tenant.id())));
      assertThat(overAll).contains("jobs_unsuccessful");
      assertThat(ofOne).contains("jobs_unsuccessful");
    }
  }

  private static void insert(Tenant tenant, JobStatus status, int jobs) {
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
                      expires_at, attempt, attempts_used, finished_at, error_class, error_message)
                    SELECT
                      :tenant, gen_random_uuid(), 'scan', 'normal', '{}', '{}', '{}', 'queue', 3,
                      60, 60, 'shared', 'task', 'user:ada', gen_random_uuid(), :status, true, :now,
                      :now, :now, 1, 1, :now, :error, :error
                    FROM generate_series(1, :jobs)
                    """)
                .bind("tenant", tenant.id().value())
                .bind("status", status.wireName())
                .bind("error", status == JobStatus.FAILED ? "disk_full" : null)
                .bind("jobs", jobs)
                .bind("now", NOW)
                .execute());
  }

  private static String plan(Handle handle, JobFilter filter) {
    JobConditions wanted = JobConditions.of(filter);
    return String.join(
        "\n",
        handle
            .createQuery("EXPLAIN " + JobListing.sql(wanted, PageRequest.first()))
            .bindMap(wanted.values())
            .bind("most", 51)
            .mapTo(String.class)
            .list());
  }
}

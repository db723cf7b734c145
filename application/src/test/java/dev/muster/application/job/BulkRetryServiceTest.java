package dev.muster.application.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Report;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.in.job.BulkRetry.Obstacle;
import dev.muster.ports.in.job.BulkRetry.OfTenant;
import dev.muster.ports.in.job.BulkRetry.Retried;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.scheduling.InMemoryWakeups;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BulkRetryServiceTest extends UseCaseTest {
  private static final int QUEUE = PlanName.FREE.initial().maxQueueSize();

  private final Tenant tenant = tenant(PlanName.FREE);
  private final Agent agent = agent(20);

  @Test
  void a_dry_run_counts_and_changes_nothing() {
    Job failed = failed(tenant, "disk_full");
    failed(tenant, "disk_full");

    assertThat(value(retry(member(tenant), JobFilter.ALL, true)))
        .isEqualTo(new Retried(true, List.of(new OfTenant(tenant.id(), 2, 2, 0, null))));

    assertThat(stored(failed)).isEqualTo(failed);
    assertThat(audited("job.retry")).isEmpty();
  }

  @Test
  void all_that_match_wait_again_with_a_fresh_budget() {
    Job one = failed(tenant, "disk_full");
    Job two = failed(tenant, "disk_full");
    Job other = failed(tenant, "broken");
    pass(Duration.ofSeconds(5));
    ports().wakeups().heard();

    Retried retried = value(retry(member(tenant), of("disk_full"), false));

    assertThat(retried.tenants()).containsExactly(new OfTenant(tenant.id(), 2, 2, 2, null));
    assertThat(List.of(stored(one), stored(two)))
        .allSatisfy(job -> {
          assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
          assertThat(job.attemptsUsed()).isZero();
          assertThat(job.queuedAt()).isEqualTo(now());
          assertThat(job.error()).isNull();
        });
    assertThat(stored(other)).isEqualTo(other);
    assertThat(ports().wakeups().heard()).containsExactly(InMemoryWakeups.JOBS);
  }

  @Test
  void only_failed_jobs_are_meant_where_no_status_is_named() {
    Job failed = failed(tenant, "broken");
    Job cancelled = cancelled(tenant);

    value(retry(member(tenant), JobFilter.ALL, false));

    assertThat(stored(failed).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(stored(cancelled)).isEqualTo(cancelled);
    value(retry(member(tenant), new JobFilter(JobStatus.CANCELLED, null, null, null), false));
    assertThat(stored(cancelled).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void what_was_completed_or_still_goes_on_cannot_be_meant() {
    for (JobStatus status :
        List.of(JobStatus.COMPLETED, JobStatus.QUEUED, JobStatus.ASSIGNED, JobStatus.RUNNING)) {
      assertRefused(
          retry(member(tenant), new JobFilter(status, null, null, null), true), Code.INVALID);
    }
  }

  @Test
  void each_job_has_its_entry_and_the_order_one_more() {
    Job job = failed(tenant, "broken");
    failed(tenant, "broken");

    value(retry(member(tenant), of("broken"), false));

    List<AuditEntry> entries = audited("job.retry");
    assertThat(entries)
        .extracting(entry -> entry.resource().kind())
        .containsExactlyInAnyOrder("job", "job", "jobs");
    assertThat(entries)
        .filteredOn(entry -> job.id().toString().equals(entry.resource().id()))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.before()).contains("\"status\":\"failed\"");
          assertThat(entry.after()).contains("\"status\":\"queued\"");
        });
    assertThat(entries)
        .filteredOn(entry -> entry.resource().kind().equals("jobs"))
        .singleElement()
        .satisfies(entry ->
            assertThat(entry.after())
                .contains("\"retried\":2", "\"filter_error_class\":\"broken\""));
  }

  @Test
  void a_queue_takes_as_many_as_it_has_room_for_those_submitted_first() {
    List<Job> failed =
        IntStream.range(0, QUEUE).mapToObj(each -> failed(tenant, "broken")).toList();
    queued(tenant);

    assertThat(value(retry(member(tenant), JobFilter.ALL, true)).tenants())
        .containsExactly(new OfTenant(tenant.id(), QUEUE, QUEUE - 1, 0, Obstacle.QUEUE_FULL));
    assertThat(value(retry(member(tenant), JobFilter.ALL, false)).tenants())
        .containsExactly(
            new OfTenant(tenant.id(), QUEUE, QUEUE - 1, QUEUE - 1, Obstacle.QUEUE_FULL));
    assertThat(stored(failed.getLast())).isEqualTo(failed.getLast());
    assertThat(stored(failed.getFirst()).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(value(retry(member(tenant), JobFilter.ALL, false)).tenants())
        .containsExactly(new OfTenant(tenant.id(), 1, 0, 0, Obstacle.QUEUE_FULL));
    assertThat(audited("job.retry")).hasSize(QUEUE - 1 + 1);
  }

  @Test
  void more_than_one_batch_is_one_order() {
    in().plans().replace(operator(), new Plan(PlanName.FREE, 1000, 1000, 1));
    int many = 450;
    IntStream.range(0, many).forEach(each -> cancelled(tenant));
    JobFilter cancelled = new JobFilter(JobStatus.CANCELLED, null, null, null);

    assertThat(value(retry(member(tenant), cancelled, false)).tenants())
        .containsExactly(new OfTenant(tenant.id(), many, many, many, null));
    assertThat(ordersNoted()).hasSize(1);
  }

  @Test
  void a_suspended_tenant_counts_and_retries_nothing() {
    Job failed = failed(tenant, "broken");
    suspend(tenant);

    assertThat(value(retry(member(tenant), JobFilter.ALL, true)).tenants())
        .containsExactly(new OfTenant(tenant.id(), 1, 0, 0, Obstacle.TENANT_SUSPENDED));
    assertRefused(retry(member(tenant), JobFilter.ALL, false), Code.TENANT_SUSPENDED);
    assertThat(stored(failed)).isEqualTo(failed);
  }

  @Test
  void an_operator_reaches_all_tenants_or_one() {
    Tenant other = tenant(PlanName.FREE);
    Tenant suspended = tenant(PlanName.FREE);
    Job own = failed(tenant, "broken");
    Job others = failed(other, "broken");
    failed(suspended, "broken");
    suspend(suspended);

    assertThat(value(retry(operator(), JobFilter.ALL.ofTenant(other.id()), false)).tenants())
        .containsExactly(new OfTenant(other.id(), 1, 1, 1, null));
    assertThat(stored(own)).isEqualTo(own);
    assertThat(stored(others).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(value(retry(operator(), JobFilter.ALL, false)).tenants())
        .containsExactlyInAnyOrder(
            new OfTenant(tenant.id(), 1, 1, 1, null),
            new OfTenant(suspended.id(), 1, 0, 0, Obstacle.TENANT_SUSPENDED));
    assertThat(audited("job.retry"))
        .extracting(AuditEntry::tenant)
        .containsExactlyInAnyOrder(tenant.id(), tenant.id(), other.id(), other.id());
  }

  @Test
  void a_user_reaches_the_own_tenant_only() {
    Tenant other = tenant(PlanName.FREE);
    Job others = failed(other, "broken");

    assertThat(value(retry(member(tenant), JobFilter.ALL, false)).tenants()).isEmpty();
    assertRefused(retry(member(tenant), JobFilter.ALL.ofTenant(other.id()), true), Code.NOT_FOUND);
    assertThat(stored(others)).isEqualTo(others);
  }

  private Outcome<Retried> retry(Caller caller, JobFilter filter, boolean dryRun) {
    return in().bulkRetry().retry(caller, filter, dryRun);
  }

  private List<AuditEntry> ordersNoted() {
    AuditFilter orders =
        new AuditFilter(tenant.id(), "job.retry", null, "jobs", null, null, null, null, null);
    return ports().auditLog().list(orders, PageRequest.first()).items();
  }

  private static JobFilter of(String errorClass) {
    return new JobFilter(null, null, null, null, errorClass, null, null, null);
  }

  private Job failed(Tenant of, String errorClass) {
    // Ids are in the order of their milliseconds.
    pass(Duration.ofMillis(1));
    Job job = assigned(of, agent);
    Report report = new Report.Failed(new JobError(errorClass, "it broke"), false);
    value(in().reporting().report(calling(agent), job.id(), job.attempt(), report));
    return stored(job);
  }

  private Job cancelled(Tenant of) {
    Job job = queued(of);
    return value(in().control().cancel(operator(), job.id())).job();
  }
}

package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.Specs;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Progress;
import dev.muster.domain.job.Report;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.out.scheduling.InMemoryWakeups;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportingServiceTest extends UseCaseTest {
  private static final JobError BROKEN = new JobError("broken", "it broke");
  private static final Report DONE = new Report.Completed("{\"open\": [443]}");

  private final Tenant tenant = tenant(PlanName.PRO);
  private final Agent agent = agent(20);

  @Test
  void an_agent_begins_tells_how_far_it_is_and_completes() {
    Job job = assigned(tenant, agent);

    assertThat(reported(job, new Report.Running(null)).status()).isEqualTo(JobStatus.RUNNING);
    Progress half = new Progress(50, "halfway");
    assertThat(reported(job, new Report.Running(half)).progress()).isEqualTo(half);
    pass(Duration.ofSeconds(3));
    Job completed = reported(job, DONE);

    assertThat(completed.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(completed.result()).isEqualTo("{\"open\": [443]}");
    assertThat(stored(job)).isEqualTo(completed);
    assertThat(attempt(job).startedAt()).isEqualTo(now().minusSeconds(3));
    assertThat(attempt(job).endedAt()).isEqualTo(now());
    assertThat(attempt(job).outcome()).isEqualTo(Attempt.COMPLETED);
  }

  @Test
  void a_completion_is_audited_with_how_long_and_how_much_but_not_with_what() {
    Job job = assigned(tenant, agent);
    pass(Duration.ofSeconds(3));

    reported(job, DONE);

    AuditEntry entry = audited("agent.task_completed").getFirst();
    assertThat(entry.tenant()).isEqualTo(tenant.id());
    assertThat(entry.actor().id()).isEqualTo(agent.id().value());
    assertThat(entry.after()).contains("\"duration_ms\":3000").contains("\"result_characters\":15");
    assertThat(entry.toString()).doesNotContain("443");
  }

  @Test
  void a_slot_that_becomes_free_wakes_those_who_wait() {
    Job job = assigned(tenant, agent);
    ports().wakeups().heard();

    reported(job, DONE);

    assertThat(ports().wakeups().heard()).contains(InMemoryWakeups.JOBS);
  }

  @Test
  void a_repeated_completion_is_answered_as_before_and_another_one_is_too_late() {
    Job job = assigned(tenant, agent);
    Job completed = reported(job, DONE);
    pass(Duration.ofSeconds(1));

    assertThat(reported(job, DONE)).isEqualTo(completed);
    assertRefused(report(job, new Report.Completed("{}")), Code.LEASE_LOST);
    assertThat(audited("agent.task_completed")).hasSize(1);
  }

  @Test
  void a_stale_attempt_changes_nothing() {
    Job first = assigned(tenant, agent);
    reported(first, new Report.Released());
    Job second = assigned(first, agent);

    for (Report report :
        List.of(
            DONE,
            new Report.Running(null),
            new Report.Failed(BROKEN, true),
            new Report.Cancelled(),
            new Report.Released())) {
      assertRefused(report(first, report), Code.LEASE_LOST);
    }
    assertRefused(
        in().reporting().log(calling(agent), first.id(), 1, List.of(line(1))), Code.LEASE_LOST);
    assertThat(stored(second)).isEqualTo(second);
  }

  @Test
  void a_released_job_is_queued_again_at_once_and_costs_no_attempt() {
    Job job = assigned(tenant, agent);

    Job released = reported(job, new Report.Released());

    assertThat(released.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(released.attemptsUsed()).isZero();
    assertThat(released.queuedAt()).isEqualTo(job.queuedAt());
    assertThat(assigned(released, agent).attempt()).isEqualTo(2);
  }

  @Test
  void a_failure_that_may_be_retried_waits_before_the_next_attempt() {
    Job job = assigned(tenant, agent);

    Job failed = reported(job, new Report.Failed(BROKEN, true));

    assertThat(failed.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(failed.attemptsUsed()).isEqualTo(1);
    assertThat(failed.error()).isEqualTo(BROKEN);
    assertThat(failed.queuedAt()).isEqualTo(job.queuedAt());
    assertThat(failed.availableAt()).isBetween(now().plusSeconds(8), now().plusSeconds(12));
    assertThat(attempt(job).outcome()).isEqualTo(Attempt.FAILED);
    assertThat(audited("job.requeue")).hasSize(1);
  }

  @Test
  void without_budget_a_failure_is_the_end_with_the_error_that_it_had() {
    Job job = assigned(queued(tenant, Specs.attempts(1)), agent);

    Job failed = reported(job, new Report.Failed(BROKEN, true));

    assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
    assertThat(failed.error()).isEqualTo(BROKEN);
    assertThat(audited("agent.task_failed").getFirst().after())
        .contains("\"error_class\":\"broken\"");
  }

  @Test
  void a_failure_that_may_be_retried_after_a_request_to_cancel_is_cancelled() {
    Job job = assigned(tenant, agent);
    value(in().control().cancel(member(tenant), job.id()));

    assertThat(reported(job, new Report.Failed(BROKEN, true)).status())
        .isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void a_late_result_of_the_newest_attempt_counts_while_the_job_waits_again() {
    Job job = assigned(tenant, agent);
    pass(Installation.LEASE);
    assertThat(in().sweeps().recoverLeases()).isEqualTo(1);
    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);

    assertThat(reported(job, DONE).status()).isEqualTo(JobStatus.COMPLETED);

    assertThat(attempt(job).outcome()).isEqualTo(Attempt.LEASE_LOST);
    assertThat(in().sweeps().recoverLeases()).isZero();
  }

  @Test
  void the_job_of_another_agent_is_not_there() {
    Job job = assigned(tenant, agent);
    Agent stranger = agent(1);

    assertRefused(in().reporting().report(calling(stranger), job.id(), 1, DONE), Code.NOT_FOUND);
    assertRefused(
        in().reporting().log(calling(stranger), job.id(), 1, List.of(line(1))), Code.NOT_FOUND);
    assertRefused(report(queued(tenant), DONE), Code.NOT_FOUND);
    assertThat(stored(job)).isEqualTo(job);
  }

  @Test
  void an_agent_that_had_the_job_before_is_told_that_it_lost_it() {
    Job job = assigned(tenant, agent);
    reported(job, new Report.Released());
    Agent other = agent(1);
    assigned(job, other);

    assertRefused(report(job, DONE), Code.LEASE_LOST);
    assertThat(in().reporting().report(calling(other), job.id(), 2, DONE))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_dedicated_agent_knows_nothing_of_other_tenants() {
    Tenant own = tenant(PlanName.FREE, Pool.DEDICATED);
    Agent dedicated = dedicated(own);
    Job job = assigned(tenant, agent);

    assertRefused(in().reporting().report(calling(dedicated), job.id(), 1, DONE), Code.NOT_FOUND);
    assertRefused(
        in().reporting().report(calling(dedicated), unknownJob(), 1, DONE), Code.NOT_FOUND);
  }

  private Agent dedicated(Tenant own) {
    Agent agent = enrolled(ANY, 1).agent();
    Agent moved =
        new Agent(
            unknownAgent(),
            own.id(),
            agent.name(),
            ANY,
            Tenant.DEFAULT_WORKER_TYPE,
            null,
            1,
            0,
            true,
            false,
            null,
            now(),
            now());
    assertThat(ports().agents().add(own.id(), moved)).isTrue();
    return moved;
  }

  @Test
  void lines_are_taken_once_however_often_they_are_sent() {
    Job job = assigned(tenant, agent);

    assertThat(logged(job, line(1), line(2))).isEqualTo(2);
    assertThat(logged(job, line(2), line(3))).isEqualTo(1);

    assertThat(value(in().queries().logs(member(tenant), job.id(), 0, 10)).lines())
        .extracting(stored -> stored.line().seq())
        .containsExactly(1L, 2L, 3L);
    assertThat(audited()).noneMatch(entry -> entry.action().contains("log"));
  }

  private int logged(Job job, LogLine... lines) {
    return value(in().reporting().log(calling(agent), job.id(), job.attempt(), List.of(lines)));
  }

  private LogLine line(long seq) {
    return new LogLine(seq, LogLine.Stream.STDOUT, now(), "line " + seq);
  }

  private Outcome<Job> report(Job job, Report report) {
    return in().reporting().report(calling(agent), job.id(), job.attempt(), report);
  }

  private Job reported(Job job, Report report) {
    return value(report(job, report));
  }

  private Attempt attempt(Job job) {
    TenantId where = job.tenant();
    return ports().jobs().attempts(where, job.id()).getLast();
  }
}

package dev.muster.application.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Report;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobStanding;
import dev.muster.ports.out.scheduling.InMemoryWakeups;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobControlServiceTest extends UseCaseTest {
  private static final Report FAILED = new Report.Failed(new JobError("broken", "it broke"), false);

  private final Tenant tenant = tenant(PlanName.FREE);
  private final Agent agent = agent(20);

  @Test
  void a_queued_job_is_cancelled_at_once() {
    Job job = value(cancel(queued(tenant))).job();

    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(job.finishedAt()).isEqualTo(now());
    assertThat(stored(job)).isEqualTo(job);
    assertThat(audited("job.cancel")).hasSize(1);
  }

  @Test
  void a_leased_job_stays_until_its_agent_says_that_it_stopped() {
    Job assigned = assigned(tenant, agent);
    ports().wakeups().heard();

    Job job = value(cancel(assigned)).job();

    assertThat(job.status()).isEqualTo(JobStatus.ASSIGNED);
    assertThat(job.cancelRequestedAt()).isEqualTo(now());
    assertThat(ports().wakeups().heard()).containsExactly(agent.id().toString());
    assertThat(audited("job.cancel")).hasSize(1);
    report(job, new Report.Cancelled());
    assertThat(stored(job).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void a_running_job_is_asked_to_stop_too() {
    Job assigned = assigned(tenant, agent);
    report(assigned, new Report.Running(null));

    assertThat(value(cancel(assigned)).job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(stored(assigned).cancelRequestedAt()).isEqualTo(now());
  }

  @Test
  void a_repeated_cancel_changes_nothing() {
    Job waiting = queued(tenant);
    Job assigned = assigned(tenant, agent);
    Job cancelled = value(cancel(waiting)).job();
    Job asked = value(cancel(assigned)).job();
    pass(Duration.ofSeconds(1));
    ports().wakeups().heard();

    assertThat(value(cancel(waiting)).job()).isEqualTo(cancelled);
    assertThat(value(cancel(assigned)).job()).isEqualTo(asked);
    assertThat(audited("job.cancel")).hasSize(2);
    assertThat(ports().wakeups().heard()).isEmpty();
  }

  @Test
  void a_job_that_has_ended_otherwise_cannot_be_cancelled() {
    Job completed = assigned(tenant, agent);
    report(completed, new Report.Completed("{}"));
    Job failed = assigned(tenant, agent);
    report(failed, FAILED);
    Job expired = expired();

    assertRefused(cancel(completed), Code.STATE_CONFLICT);
    assertRefused(cancel(failed), Code.STATE_CONFLICT);
    assertRefused(cancel(expired), Code.STATE_CONFLICT);
    assertThat(audited("job.cancel")).isEmpty();
  }

  @Test
  void a_failed_a_cancelled_and_an_expired_job_can_be_tried_again() {
    Job failed = assigned(tenant, agent);
    report(failed, FAILED);
    Job cancelled = value(cancel(queued(tenant))).job();
    Job expired = expired();
    pass(Duration.ofSeconds(1));

    for (Job job : List.of(failed, cancelled, expired)) {
      ports().wakeups().heard();
      Job again = value(retry(job)).job();
      assertThat(again.status()).isEqualTo(JobStatus.QUEUED);
      assertThat(again.queuedAt()).isEqualTo(now());
      assertThat(again.attemptsUsed()).isZero();
      assertThat(again.error()).isNull();
      assertThat(again.cancelRequestedAt()).isNull();
      assertThat(ports().wakeups().heard()).containsExactly(InMemoryWakeups.JOBS);
    }
    assertThat(audited("job.retry")).hasSize(3);
  }

  @Test
  void what_waits_runs_or_was_completed_cannot_be_tried_again() {
    Job completed = assigned(tenant, agent);
    report(completed, new Report.Completed("{}"));
    Job running = assigned(tenant, agent);
    report(running, new Report.Running(null));

    assertRefused(retry(completed), Code.STATE_CONFLICT);
    assertRefused(retry(running), Code.STATE_CONFLICT);
    assertRefused(retry(assigned(tenant, agent)), Code.STATE_CONFLICT);
    assertRefused(retry(queued(tenant)), Code.STATE_CONFLICT);
  }

  @Test
  void a_retry_raises_no_new_attempt_by_itself_and_the_old_agent_has_no_say_in_it() {
    Job job = assigned(tenant, agent);
    report(job, FAILED);
    value(retry(job));

    assertRefused(
        in().reporting().report(calling(agent), job.id(), 1, new Report.Completed("{}")),
        Code.LEASE_LOST);
    assertThat(assigned(job, agent).attempt()).isEqualTo(2);
  }

  @Test
  void a_retry_meets_a_full_queue_and_a_suspension() {
    Job cancelled = value(cancel(queued(tenant))).job();
    for (int i = 0; i < PlanName.FREE.initial().maxQueueSize(); i++) {
      queued(tenant);
    }

    assertRefused(retry(cancelled), Code.QUEUE_FULL);
    suspend(tenant);
    assertRefused(retry(cancelled), Code.TENANT_SUSPENDED);
    assertThat(stored(cancelled)).isEqualTo(cancelled);
    assertThat(audited("job.retry")).isEmpty();
  }

  @Test
  void a_suspended_tenant_still_cancels() {
    Job job = queued(tenant);
    suspend(tenant);

    assertThat(value(cancel(job)).job().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void the_job_of_another_tenant_is_not_there() {
    Job job = queued(tenant);
    Caller stranger = member(tenant(PlanName.FREE));

    assertRefused(in().control().cancel(stranger, job.id()), Code.NOT_FOUND);
    assertRefused(in().control().retry(stranger, job.id()), Code.NOT_FOUND);
    assertRefused(in().control().cancel(holder(queued(tenant)), job.id()), Code.NOT_FOUND);
    assertRefused(in().control().cancel(calling(agent), job.id()), Code.NOT_FOUND);
    assertRefused(in().control().cancel(operator(), unknownJob()), Code.NOT_FOUND);
    assertThat(stored(job)).isEqualTo(job);
  }

  @Test
  void the_holder_of_its_token_and_an_operator_cancel_it_in_its_own_tenants_log() {
    value(in().control().cancel(operator(), queued(tenant).id()));
    Job job = queued(tenant);
    value(in().control().cancel(holder(job), job.id()));

    assertThat(audited("job.cancel"))
        .allSatisfy(entry -> assertThat(entry.tenant()).isEqualTo(tenant.id()))
        .extracting(entry -> entry.actor().kind())
        .containsExactlyInAnyOrder("operator", "job_token");
  }

  private Outcome<JobStanding> cancel(Job job) {
    return in().control().cancel(member(tenant), job.id());
  }

  private Outcome<JobStanding> retry(Job job) {
    return in().control().retry(member(tenant), job.id());
  }

  private void report(Job job, Report report) {
    value(in().reporting().report(calling(agent), job.id(), job.attempt(), report));
  }

  private Job expired() {
    Job job = queued(tenant);
    pass(job.spec().queueTimeout());
    assertThat(in().sweeps().expireJobs()).isEqualTo(1);
    return stored(job);
  }
}

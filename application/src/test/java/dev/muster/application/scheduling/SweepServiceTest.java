package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.Specs;
import dev.muster.application.UseCaseTest;
import dev.muster.application.access.IdempotencyService;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Report;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.IdempotentRequests.Answer;
import dev.muster.ports.out.scheduling.InMemoryWakeups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SweepServiceTest extends UseCaseTest {
  private final Tenant tenant = tenant(PlanName.PRO);
  private final Agent agent = agent(20);

  @Test
  void a_job_whose_lease_was_lost_is_queued_again_and_has_used_an_attempt() {
    Job job = assigned(tenant, agent);

    pass(Installation.LEASE.minusNanos(1));
    assertThat(in().sweeps().recoverLeases()).isZero();
    pass(Duration.ofNanos(1));
    assertThat(in().sweeps().recoverLeases()).isEqualTo(1);
    assertThat(in().sweeps().recoverLeases()).isZero();

    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(stored(job).attemptsUsed()).isEqualTo(1);
    assertThat(stored(job).queuedAt()).isEqualTo(job.queuedAt());
    assertThat(outcome(job)).isEqualTo(Attempt.LEASE_LOST);
    assertThat(audited("job.requeue"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.actor().kind()).isEqualTo("server"));
    assertThat(ports().wakeups().heard()).contains(InMemoryWakeups.JOBS);
  }

  @Test
  void a_job_whose_last_attempt_lost_its_lease_has_failed() {
    Job job = assigned(queued(tenant, Specs.attempts(1)), agent);
    pass(Installation.LEASE);

    assertThat(in().sweeps().recoverLeases()).isEqualTo(1);

    assertEnded(job, JobStatus.FAILED, JobError.LEASE_LOST);
    assertThat(audited("job.fail")).hasSize(1);
  }

  @Test
  void a_job_past_its_run_timeout_has_failed_though_its_lease_runs() {
    JobSpec brief = Specs.timeouts(Duration.ofSeconds(7), Duration.ofHours(1));
    Job job = assigned(queued(tenant, brief), agent);
    pass(Duration.ofSeconds(7));

    assertThat(in().sweeps().recoverLeases()).isEqualTo(1);
    assertThat(in().sweeps().recoverLeases()).isZero();

    assertEnded(job, JobStatus.FAILED, JobError.RUN_TIMEOUT);
    assertThat(outcome(job)).isEqualTo(Attempt.RUN_TIMEOUT);
  }

  @Test
  void a_cancel_that_nobody_confirms_is_over_after_its_patience() {
    JobSpec plain = Specs.plain();
    Job job = assigned(queued(tenant, plain), agent);
    pass(Duration.ofSeconds(1));
    value(in().control().cancel(member(tenant), job.id()));
    renewed(job);
    pass(JobLifecycle.CANCEL_PATIENCE.minusNanos(1));
    renewed(job);
    assertThat(in().sweeps().recoverLeases()).isZero();

    pass(Duration.ofNanos(1));
    assertThat(in().sweeps().recoverLeases()).isEqualTo(1);

    assertEnded(job, JobStatus.CANCELLED, JobError.CANCEL_UNCONFIRMED);
  }

  private void renewed(Job job) {
    ports()
        .leases()
        .renew(agent.id(), Map.of(job.id(), job.attempt()), now().plus(Installation.LEASE), now());
  }

  @Test
  void a_report_that_came_first_wins() {
    Job job = assigned(tenant, agent);
    pass(Installation.LEASE);
    value(in().reporting().report(calling(agent), job.id(), 1, new Report.Completed("{}")));

    assertThat(in().sweeps().recoverLeases()).isZero();

    assertThat(stored(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void a_queued_job_past_its_queue_timeout_expires() {
    JobSpec brief = Specs.timeouts(Duration.ofHours(1), Duration.ofSeconds(7));
    Job job = queued(tenant, brief);

    pass(Duration.ofSeconds(7).minusNanos(1));
    assertThat(in().sweeps().expireJobs()).isZero();
    pass(Duration.ofNanos(1));
    assertThat(in().sweeps().expireJobs()).isEqualTo(1);
    assertThat(in().sweeps().expireJobs()).isZero();

    assertEnded(job, JobStatus.EXPIRED, JobError.QUEUE_TIMEOUT);
    assertThat(audited("job.expire")).hasSize(1);
  }

  @Test
  void the_jobs_of_a_suspended_tenant_age_and_expire() {
    Job job = queued(tenant);
    suspend(tenant);
    pass(job.spec().queueTimeout());

    assertThat(in().sweeps().expireJobs()).isEqualTo(1);
    assertThat(stored(job).status()).isEqualTo(JobStatus.EXPIRED);
  }

  @Test
  void a_delayed_job_is_promoted_once_its_time_has_come_and_wakes_those_who_wait() {
    queued(tenant, Specs.delayed(now().plusSeconds(9)));
    ports().wakeups().heard();

    assertThat(in().sweeps().promoteDueJobs()).isZero();
    assertThat(ports().wakeups().heard()).isEmpty();
    pass(Duration.ofSeconds(9));
    assertThat(in().sweeps().promoteDueJobs()).isEqualTo(1);
    assertThat(in().sweeps().promoteDueJobs()).isZero();
    assertThat(ports().wakeups().heard()).containsExactly(InMemoryWakeups.JOBS);
  }

  @Test
  void an_agent_that_went_offline_is_noted_once_each_time() {
    pass(Installation.LEASE.plusNanos(1));
    assertThat(in().sweeps().noteOfflineAgents()).isEqualTo(1);
    assertThat(in().sweeps().noteOfflineAgents()).isZero();

    online(agent);
    assertThat(in().sweeps().noteOfflineAgents()).isZero();
    pass(Installation.LEASE.plusNanos(1));
    assertThat(in().sweeps().noteOfflineAgents()).isEqualTo(1);
    assertThat(audited("agent.offline")).hasSize(2);
  }

  @Test
  void ended_jobs_and_used_up_keys_are_forgotten_when_their_time_is_over() {
    Caller caller = member(tenant);
    Job waits = queued(tenant);
    Job ended = assigned(tenant, agent);
    value(in().reporting().report(calling(agent), ended.id(), 1, new Report.Completed("{}")));
    value(
        in().idempotency()
            .once(caller, "key", new byte[1], () -> new Answer(201, null, "", "", false)));

    pass(IdempotencyService.MEMORY.plusNanos(1));
    assertThat(in().sweeps().forgetOldRecords()).isEqualTo(1);
    pass(Installation.RETENTION);
    assertThat(in().sweeps().forgetOldRecords()).isEqualTo(1);
    assertThat(in().sweeps().forgetOldRecords()).isZero();

    assertThat(ports().jobs().find(tenant.id(), ended.id())).isEmpty();
    assertThat(stored(waits).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void a_backlog_is_forgotten_in_one_sweep() {
    Caller caller = member(tenant);
    for (int i = 0; i < 501; i++) {
      String key = "key-" + i;
      value(
          in().idempotency()
              .once(caller, key, new byte[1], () -> new Answer(201, null, "", "", false)));
    }

    pass(IdempotencyService.MEMORY.plusNanos(1));

    assertThat(in().sweeps().forgetOldRecords()).isEqualTo(501);
  }

  @Test
  void partitions_are_made_ahead_and_once() {
    assertThat(in().sweeps().preparePartitions()).isEqualTo(4);
    assertThat(in().sweeps().preparePartitions()).isZero();
    pass(Duration.ofDays(3));
    assertThat(in().sweeps().preparePartitions()).isEqualTo(1);
  }

  @Test
  void a_sweep_that_another_replica_is_at_does_nothing() {
    Job job = assigned(tenant, agent);
    pass(Installation.LEASE);

    Optional<Integer> changed =
        ports().sweepTurns().alone("leases", () -> in().sweeps().recoverLeases());

    assertThat(changed).contains(0);
    assertThat(stored(job).status()).isEqualTo(JobStatus.ASSIGNED);
  }

  @Test
  void all_that_is_overdue_is_recovered_in_one_sweep() {
    List<Job> jobs = List.of(assigned(tenant, agent), assigned(tenant, agent));
    pass(Installation.LEASE);

    assertThat(in().sweeps().recoverLeases()).isEqualTo(2);

    assertThat(jobs)
        .allSatisfy(job -> assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED));
  }

  private void assertEnded(Job job, JobStatus status, String errorClass) {
    Job now = stored(job);
    assertThat(now.status()).isEqualTo(status);
    assertThat(now.finishedAt()).isEqualTo(now());
    assertThat(now.error()).isNotNull();
    assertThat(now.error().errorClass()).isEqualTo(errorClass);
  }

  private String outcome(Job job) {
    return ports().jobs().attempts(job.tenant(), job.id()).getLast().outcome();
  }
}

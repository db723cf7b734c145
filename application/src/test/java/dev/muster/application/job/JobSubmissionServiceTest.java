package dev.muster.application.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.Specs;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.in.job.JobSubmission.Submitted;
import dev.muster.ports.in.scheduling.Wakeable;
import dev.muster.ports.out.scheduling.InMemoryWakeups;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JobSubmissionServiceTest extends UseCaseTest {
  private final Tenant tenant = tenant(PlanName.FREE);

  @Test
  void a_job_waits_in_the_queue_of_its_submitters_tenant() {
    ports().wakeups().heard();

    Submitted submitted = value(submit(Specs.of(Priority.HIGH)));

    Job job = submitted.standing().job();
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job.tenant()).isEqualTo(tenant.id());
    assertThat(job.queuedAt()).isEqualTo(now());
    assertThat(job.createdBy()).isEqualTo("somebody");
    assertThat(submitted.standing().queuePriority()).isEqualTo(750);
    assertThat(stored(job)).isEqualTo(job);
    assertThat(ports().wakeups().heard()).containsExactly(InMemoryWakeups.JOBS);
    assertThat(audited("job.submit")).hasSize(1);
    assertThat(audited().toString()).doesNotContain("example.com");
  }

  @Test
  void the_token_of_a_job_is_the_same_each_time() {
    Submitted submitted = value(submit(Specs.plain()));
    Job job = submitted.standing().job();

    assertThat(submitted.token()).isEqualTo(in().submission().tokenOf(tenant.id(), job.id()));
    assertThat(submitted.token().reveal()).startsWith("mst_job_");
  }

  @Test
  void the_position_is_the_place_in_line_by_the_formula() {
    assertThat(positionASecondLater(Priority.LOW)).isEqualTo(1);
    assertThat(positionASecondLater(Priority.NORMAL)).isEqualTo(1);
    assertThat(positionASecondLater(Priority.NORMAL)).isEqualTo(2);
    assertThat(positionASecondLater(Priority.LOW)).isEqualTo(4);
  }

  private @Nullable Integer positionASecondLater(Priority priority) {
    pass(Duration.ofSeconds(1));
    return value(submit(Specs.of(priority))).position();
  }

  @Test
  void a_queue_takes_what_its_plan_says_and_a_job_more_is_refused() {
    for (int i = 0; i < PlanName.FREE.initial().maxQueueSize(); i++) {
      value(submit(Specs.plain()));
    }

    assertRefused(submit(Specs.plain()), Code.QUEUE_FULL);
    assertThat(audited("job.submit")).hasSize(PlanName.FREE.initial().maxQueueSize());
    assigned(listed(), agent(1));
    value(submit(Specs.plain()));
    assertRefused(submit(Specs.plain()), Code.QUEUE_FULL);
  }

  @Test
  void a_wider_plan_takes_more_at_once() {
    in().plans().replace(operator(), new Plan(PlanName.FREE, 2, 1, 2));
    value(submit(Specs.plain()));
    assertRefused(submit(Specs.plain()), Code.QUEUE_FULL);

    in().plans().replace(operator(), new Plan(PlanName.FREE, 2, 2, 2));

    value(submit(Specs.plain()));
  }

  @Test
  void a_suspended_tenant_submits_nothing() {
    suspend(tenant);

    assertRefused(submit(Specs.plain()), Code.TENANT_SUSPENDED);
    assertThat(audited("job.submit")).isEmpty();
  }

  @Test
  void an_operator_has_no_queue() {
    assertRefused(in().submission().submit(operator(), Specs.plain()), Code.TENANT_REQUIRED);
  }

  @Test
  void a_job_that_a_waiting_agent_has_taken_meanwhile_is_answered_as_that() {
    Agent agent = agent(1);
    Wakeable taking =
        new Wakeable() {
          @Override
          public void jobsArrived(TenantStanding after, List<QueuedJob> jobs) {
            QueuedJob job = jobs.getFirst();
            assigned(ports().jobs().find(job.tenant(), job.id()).orElseThrow(), agent);
          }
        };
    ports().wakeups().wake(taking);

    Submitted submitted = value(submit(Specs.plain()));

    assertThat(submitted.standing().job().status()).isEqualTo(JobStatus.ASSIGNED);
    assertThat(submitted.standing().job().agent()).isEqualTo(agent.id());
    assertThat(submitted.position()).isNull();
  }

  @Test
  void a_delayed_job_waits_from_its_time_on_and_has_no_place_in_line_before() {
    ports().wakeups().heard();

    Submitted submitted = value(submit(Specs.delayed(now().plusSeconds(90))));

    Job job = submitted.standing().job();
    assertThat(job.queuedAt()).isEqualTo(now().plusSeconds(90));
    assertThat(job.dueAt()).isEqualTo(now().plusSeconds(90));
    assertThat(submitted.position()).isNull();
    assertThat(submitted.standing().queuePriority()).isEqualTo(500);
    assertThat(ports().wakeups().heard()).isEmpty();
  }

  @Test
  void a_time_that_is_over_delays_nothing() {
    Submitted submitted = value(submit(Specs.delayed(now().minusSeconds(90))));

    assertThat(submitted.standing().job().queuedAt()).isEqualTo(now());
    assertThat(submitted.position()).isEqualTo(1);
  }

  @Test
  void a_job_is_delayed_by_a_year_at_most() {
    value(submit(Specs.delayed(now().plus(JobSpec.LONGEST_DELAY))));

    Outcome<Submitted> refused = submit(Specs.delayed(now().plus(Duration.ofDays(366))));

    assertRefused(refused, Code.INVALID);
    assertThat(pointers(refused)).containsExactly("/available_at");
  }

  @Test
  void many_jobs_are_submitted_in_their_order_without_places_in_line() {
    List<Submitted> submitted = value(submitAll(Specs.of(Priority.LOW), Specs.of(Priority.HIGH)));

    assertThat(submitted)
        .extracting(job -> job.standing().job().spec().priority())
        .containsExactly(Priority.LOW, Priority.HIGH);
    assertThat(submitted)
        .allSatisfy(job -> {
          assertThat(job.position()).isNull();
          assertThat(stored(job.standing().job())).isEqualTo(job.standing().job());
          assertThat(job.token())
              .isEqualTo(in().submission().tokenOf(tenant.id(), job.standing().job().id()));
        });
    assertThat(audited("job.submit")).hasSize(2);
  }

  @Test
  void of_many_jobs_all_are_submitted_or_none() {
    value(submit(Specs.plain()));
    int room = PlanName.FREE.initial().maxQueueSize() - 1;
    JobSpec[] tooMany = Collections.nCopies(room + 1, Specs.plain()).toArray(JobSpec[]::new);

    assertRefused(submitAll(tooMany), Code.QUEUE_FULL);
    assertThat(audited("job.submit")).hasSize(1);
    assertThat(value(submitAll(Arrays.copyOf(tooMany, room)))).hasSize(room);
  }

  @Test
  void of_many_jobs_those_are_named_that_are_refused() {
    JobSpec tooFar = Specs.delayed(now().plus(Duration.ofDays(366)));

    Outcome<List<Submitted>> refused = submitAll(Specs.plain(), tooFar, Specs.plain(), tooFar);

    assertThat(pointers(refused)).containsExactly("/jobs/1/available_at", "/jobs/3/available_at");
    assertThat(audited("job.submit")).isEmpty();
  }

  @Test
  void of_many_jobs_those_fail_that_do_not_want_to_wait_and_would_have_to() {
    Requirements exotic = Requirements.of(Set.of("exotic"), Set.of(), null);
    agent(5);
    JobSpec plain = Specs.impatient();
    JobSpec hopeless =
        new JobSpec(
            plain.type(),
            plain.priority(),
            plain.payload(),
            exotic,
            plain.whenNoAgent(),
            plain.maxAttempts(),
            plain.runTimeout(),
            plain.queueTimeout(),
            null);

    assertThat(value(submitAll(plain, hopeless, plain)))
        .extracting(job -> job.standing().job().status())
        .containsExactly(JobStatus.QUEUED, JobStatus.FAILED, JobStatus.QUEUED);
  }

  private static List<String> pointers(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?>(Refusal refusal)
        ? refusal.violations().stream().map(Refusal.Violation::pointer).toList()
        : List.of();
  }

  private Outcome<List<Submitted>> submitAll(JobSpec... specs) {
    return in().submission().submitAll(member(tenant), List.of(specs));
  }

  @Test
  void a_job_that_does_not_want_to_wait_fails_at_once_where_no_agent_fits() {
    Submitted submitted = value(submit(Specs.impatient()));

    Job job = submitted.standing().job();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.error()).isNotNull();
    assertThat(job.error().errorClass()).isEqualTo(JobError.NO_AGENT_AVAILABLE);
    assertThat(job.finishedAt()).isEqualTo(now());
    assertThat(submitted.position()).isNull();
    assertThat(stored(job)).isEqualTo(job);
    assertThat(audited("job.submit")).hasSize(1);
  }

  @Test
  void a_job_that_does_not_want_to_wait_is_queued_where_an_agent_has_a_free_slot() {
    agent(1);

    assertThat(status(Specs.impatient())).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void an_agent_that_is_full_away_draining_or_of_another_pool_is_none() {
    Agent full = agent(1);
    assigned(tenant(PlanName.FREE), full);
    Agent drains = agent(1);
    ports().agents().steer(drains.tenant(), drains.id(), true, true, null);
    enrolled(ANY, 1);
    Tenant dedicated = tenant(PlanName.FREE, Pool.DEDICATED);

    assertThat(status(Specs.impatient())).isEqualTo(JobStatus.FAILED);
    agent(1);
    assertThat(
            value(in().submission().submit(member(dedicated), Specs.impatient()))
                .standing()
                .job()
                .status())
        .isEqualTo(JobStatus.FAILED);
    pass(Installation.LEASE);
    assertThat(status(Specs.impatient())).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void a_tenant_at_its_cap_has_no_agent_free_for_it() {
    Agent agent = agent(Abilities.of(Set.of(), Set.of(), null), 50);
    for (int i = 0; i < PlanName.FREE.initial().maxConcurrentJobs(); i++) {
      assigned(tenant, agent);
    }

    assertThat(status(Specs.impatient())).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void waiting_raises_the_priority_by_ten_a_minute() {
    Job job = value(submit(Specs.plain())).standing().job();

    pass(Duration.ofSeconds(119));

    assertThat(value(in().queries().find(member(tenant), job.id())).queuePriority()).isEqualTo(519);
  }

  private JobStatus status(JobSpec spec) {
    return value(submit(spec)).standing().job().status();
  }

  private Job listed() {
    return in().queries()
        .list(member(tenant), JobFilter.ALL, PageRequest.first())
        .items()
        .getFirst()
        .job();
  }

  private Outcome<Submitted> submit(JobSpec spec) {
    return in().submission().submit(member(tenant), spec);
  }
}

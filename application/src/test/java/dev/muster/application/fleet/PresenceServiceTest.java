package dev.muster.application.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.fleet.Presence.ActiveJob;
import dev.muster.ports.in.fleet.Presence.Answer;
import dev.muster.ports.in.fleet.Presence.Heartbeat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PresenceServiceTest extends UseCaseTest {
  private final Tenant tenant = tenant(PlanName.PRO);
  private final Agent agent = agent(5);

  @Test
  void a_named_job_keeps_its_agent_for_another_lease() {
    Job job = assigned(tenant, agent);
    pass(Duration.ofSeconds(20));

    Answer answer = beat(active(job));

    assertThat(answer).isEqualTo(new Answer(List.of(), List.of(), 20));
    assertThat(stored(job).leaseExpiresAt()).isEqualTo(now().plus(Installation.LEASE));
  }

  @Test
  void an_agent_is_told_which_of_the_jobs_that_it_names_are_lost() {
    Job mine = assigned(tenant, agent);
    Job others = assigned(tenant, agent(1));
    Job queued = queued(tenant);
    ActiveJob unknown = new ActiveJob(unknownJob(), 1);
    ActiveJob stale = new ActiveJob(mine.id(), mine.attempt() - 1);

    assertThat(beat(active(mine), active(others), active(queued), unknown).lost())
        .containsExactlyInAnyOrder(others.id(), queued.id(), unknown.job());
    assertThat(beat(stale).lost()).containsExactly(mine.id());
  }

  @Test
  void an_agent_is_told_at_every_heartbeat_what_to_stop() {
    Job job = assigned(tenant, agent);
    value(in().control().cancel(member(tenant), job.id()));

    assertThat(beat(active(job)).cancel()).containsExactly(job.id());
    assertThat(beat(active(job)).cancel()).containsExactly(job.id());
  }

  @Test
  void a_job_that_two_heartbeats_in_a_row_do_not_name_is_released_without_costing_an_attempt() {
    Job job = assigned(tenant, agent);

    beat();
    assertThat(stored(job).status()).isEqualTo(JobStatus.ASSIGNED);
    beat();

    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(stored(job).attemptsUsed()).isZero();
    assertThat(audited("job.requeue")).hasSize(1);
  }

  @Test
  void a_job_is_not_released_where_that_cannot_be_audited() {
    Job job = assigned(tenant, agent);
    beat();
    in().auditLog().breakDown();

    assertThatThrownBy(this::beat).isInstanceOf(StorageUnavailable.class);

    assertThat(stored(job)).isEqualTo(job);
    in().auditLog().mend();
    beat();
    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void one_heartbeat_that_names_a_job_forgives_the_one_before() {
    Job job = assigned(tenant, agent);

    beat();
    beat(active(job));
    beat();

    assertThat(stored(job).status()).isEqualTo(JobStatus.ASSIGNED);
  }

  @Test
  void a_heartbeat_that_names_no_list_releases_and_renews_nothing() {
    Job job = assigned(tenant, agent);

    for (int i = 0; i < 3; i++) {
      pass(Duration.ofSeconds(1));
      value(in().presence().heartbeat(calling(agent), new Heartbeat(null, null, null)));
    }

    assertThat(stored(job)).isEqualTo(job);
  }

  @Test
  void an_agent_is_present_with_the_version_that_it_names() {
    Enrolled enrolled = enrolled(ANY, 1);
    Caller caller =
        value(
            in().access()
                .admit(
                    new Presented.Token(enrolled.apiKey()),
                    Action.AGENT_HEARTBEAT,
                    Audience.AGENTS,
                    ORIGIN,
                    null));

    value(in().presence().heartbeat(caller, new Heartbeat(List.of(), "2.0.0", null)));

    assertThat(stored(enrolled.agent()).lastSeenAt()).isEqualTo(now());
    assertThat(stored(enrolled.agent()).version()).isEqualTo("2.0.0");
  }

  @Test
  void heartbeats_leave_no_audit_entries() {
    Job job = assigned(tenant, agent);
    int before = audited().size();

    beat(active(job));

    assertThat(audited()).hasSize(before);
  }

  @Test
  void a_heartbeat_that_is_repeated_takes_no_job_back_that_was_given_out_meanwhile() {
    Job job = assigned(tenant, agent);

    for (int copy = 0; copy < 3; copy++) {
      say();
    }

    assertThat(stored(job)).isEqualTo(job);
  }

  private Answer beat(ActiveJob... jobs) {
    pass(Installation.LEASE.dividedBy(3));
    return say(jobs);
  }

  private Answer say(ActiveJob... jobs) {
    return value(
        in().presence().heartbeat(calling(agent), new Heartbeat(List.of(jobs), null, null)));
  }

  private static ActiveJob active(Job job) {
    return new ActiveJob(job.id(), job.attempt());
  }
}

package dev.muster.application.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.AgentAdministration.AgentFilter;
import dev.muster.ports.in.fleet.AgentAdministration.AgentStanding;
import dev.muster.ports.in.fleet.AgentAdministration.AgentStats;
import dev.muster.ports.out.scheduling.InMemoryWakeups;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AgentServiceTest extends UseCaseTest {
  private final Tenant tenant = tenant(PlanName.PRO);

  @Test
  void an_agent_is_online_within_one_lease_of_its_last_call() {
    Agent agent = agent(1);

    pass(Installation.LEASE.minusNanos(1));
    assertThat(find(agent).online()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(find(agent).online()).isFalse();
  }

  @Test
  void a_disabled_agent_loses_its_jobs_to_the_queue_without_costing_them_an_attempt() {
    Agent agent = agent(5);
    Job one = assigned(tenant, agent);
    Job other = assigned(tenant(PlanName.FREE), agent);
    ports().wakeups().heard();

    AgentStanding disabled = value(in().agents().disable(operator(), TenantId.SYSTEM, agent.id()));

    assertThat(disabled.agent().enabled()).isFalse();
    for (Job job : List.of(one, other)) {
      assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
      assertThat(stored(job).attemptsUsed()).isZero();
      assertThat(stored(job).queuedAt()).isEqualTo(job.queuedAt());
      assertThat(attempts(job)).extracting(Attempt::outcome).containsExactly(Attempt.RELEASED);
    }
    assertThat(audited("agent.disabled")).hasSize(1);
    assertThat(audited("job.requeue")).hasSize(2);
    assertThat(ports().wakeups().heard()).contains(agent.id().toString(), InMemoryWakeups.JOBS);
  }

  @Test
  void a_job_that_was_to_stop_is_cancelled_with_its_agent() {
    Agent agent = agent(1);
    Job job = assigned(tenant, agent);
    value(in().control().cancel(member(tenant), job.id()));

    value(in().agents().disable(operator(), TenantId.SYSTEM, agent.id()));

    assertThat(stored(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(stored(job).error()).isNotNull();
    assertThat(stored(job).error().errorClass()).isEqualTo(JobError.CANCEL_UNCONFIRMED);
  }

  @Test
  void an_agent_that_drains_keeps_what_it_has_and_gets_nothing_new() {
    Agent agent = agent(5);
    Job job = assigned(tenant, agent);

    AgentStanding draining = value(in().agents().drain(operator(), TenantId.SYSTEM, agent.id()));

    assertThat(draining.agent().draining()).isTrue();
    assertThat(stored(job)).isEqualTo(job);
    assertThat(stored(agent).takesWork()).isFalse();
    assertThat(ports().agents().controlOf(agent.id())).isEqualTo(AgentControl.DRAIN);
  }

  @Test
  void a_drain_does_not_let_a_disabled_agent_in_again() {
    Agent agent = agent(1);
    value(in().agents().disable(operator(), TenantId.SYSTEM, agent.id()));

    assertRefused(
        in().agents().drain(operator(), TenantId.SYSTEM, agent.id()), Code.STATE_CONFLICT);

    assertThat(stored(agent).enabled()).isFalse();
  }

  @Test
  void enabling_ends_a_drain_and_tells_the_agent() {
    Agent agent = agent(1);
    value(in().agents().drain(operator(), TenantId.SYSTEM, agent.id()));

    value(in().agents().enable(operator(), TenantId.SYSTEM, agent.id()));

    assertThat(stored(agent).takesWork()).isTrue();
    assertThat(ports().agents().controlOf(agent.id())).isEqualTo(AgentControl.RESUME);
    assertThat(audited("agent.enable")).hasSize(1);
  }

  @Test
  void what_an_agent_is_already_leaves_no_entry() {
    Agent agent = agent(1);

    value(in().agents().enable(operator(), TenantId.SYSTEM, agent.id()));
    value(in().agents().drain(operator(), TenantId.SYSTEM, agent.id()));
    value(in().agents().drain(operator(), TenantId.SYSTEM, agent.id()));

    assertThat(audited("agent.enable")).isEmpty();
    assertThat(audited("agent.drain")).hasSize(1);
  }

  @Test
  void a_deleted_agent_is_gone_with_its_key_and_its_jobs_wait_again() {
    Agent agent = agent(1);
    Job job = assigned(tenant, agent);

    value(in().agents().delete(operator(), TenantId.SYSTEM, agent.id()));

    assertRefused(in().agents().find(operator(), TenantId.SYSTEM, agent.id()), Code.NOT_FOUND);
    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(stored(job).attemptsUsed()).isZero();
    assertThat(audited("agent.delete")).hasSize(1);
  }

  @Test
  void the_agents_of_another_tenant_are_not_there() {
    Agent agent = agent(1);
    Caller stranger = admin(tenant);
    var agents = in().agents();

    for (TenantId where : List.of(TenantId.SYSTEM, tenant.id())) {
      assertRefused(agents.find(stranger, where, agent.id()), Code.NOT_FOUND);
      assertRefused(agents.enable(stranger, where, agent.id()), Code.NOT_FOUND);
      assertRefused(agents.disable(stranger, where, agent.id()), Code.NOT_FOUND);
      assertRefused(agents.drain(stranger, where, agent.id()), Code.NOT_FOUND);
      assertRefused(agents.delete(stranger, where, agent.id()), Code.NOT_FOUND);
    }
    assertRefused(
        agents.list(stranger, TenantId.SYSTEM, AgentFilter.ALL, PageRequest.first()),
        Code.NOT_FOUND);
    assertRefused(agents.stats(stranger, TenantId.SYSTEM), Code.NOT_FOUND);
    assertThat(stored(agent)).isEqualTo(agent);
  }

  @Test
  void numbers_and_lists_tell_who_is_there() {
    Agent busy = agent(3);
    assigned(tenant, busy);
    Agent drains = agent(4);
    value(in().agents().drain(operator(), TenantId.SYSTEM, drains.id()));
    Agent away = enrolled(ANY, 5).agent();

    assertThat(value(in().agents().stats(operator(), TenantId.SYSTEM)))
        .isEqualTo(new AgentStats(3, 2, 1, 0, 1, 3, 1));
    AgentFilter offline = new AgentFilter(false, null, null, null);
    assertThat(
            value(in().agents().list(operator(), TenantId.SYSTEM, offline, PageRequest.first()))
                .items())
        .extracting(standing -> standing.agent().id())
        .containsExactly(away.id());
  }

  private AgentStanding find(Agent agent) {
    return value(in().agents().find(operator(), agent.tenant(), agent.id()));
  }

  private List<Attempt> attempts(Job job) {
    return ports().jobs().attempts(job.tenant(), job.id());
  }
}

package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.application.Installation;
import dev.muster.application.Specs;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Report;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.update.Nudges;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class DispatchServiceTest extends DispatchTest {
  private final Tenant tenant = tenant(PlanName.PRO);

  @Test
  void a_job_that_waits_is_given_at_once_under_a_lease() throws Exception {
    Agent agent = agent(1);
    Job job = queued(tenant);

    List<LeasedJob> jobs = claimed(replica(), agent, claim(1, NO_TIME)).jobs();

    assertThat(jobs)
        .containsExactly(
            new LeasedJob(
                job.assignedTo(agent.id(), now(), now().plus(Installation.LEASE)), tenant.slug()));
    assertThat(stored(job)).isEqualTo(jobs.getFirst().job());
  }

  @Test
  void a_claim_that_does_not_wait_is_answered_with_nothing_where_there_is_nothing()
      throws Exception {
    assertNothing(claimed(replica(), agent(1), claim(1, NO_TIME)));
    assertNothing(claimed(replica(), agent(1), claim(1, Duration.ofMillis(5))));
  }

  @Test
  void a_poll_that_waits_gets_the_job_that_arrives() throws Exception {
    DispatchService replica = replica();
    Future<Outcome<Claimed>> waiting = waiting(replica, agent(1), claim(1, LONG));

    Job job = queued(tenant);

    assertThat(jobs(value(answer(waiting)))).containsExactly(job.id());
    assertThat(replica.parkedPolls()).isZero();
  }

  @Test
  void a_poll_does_not_outlast_the_lease_of_an_agent_that_dies_with_it() throws Exception {
    DispatchService replica = started(in().dispatch(Duration.ofMillis(300)));

    assertNothing(claimed(replica, agent(1), claim(1, LONG)));
  }

  @Test
  void a_wake_up_that_was_lost_costs_time_only() throws Exception {
    DispatchService replica = replica();
    Job cancelled = value(in().control().cancel(member(tenant), queued(tenant).id())).job();
    Future<Outcome<Claimed>> waiting = waiting(replica, agent(1), claim(1, LONG));

    Job again = cancelled.after(new Transition.Renew(), now());
    ports().jobs().enqueueAgain(tenant.id(), cancelled, again);

    assertThat(jobs(value(answer(waiting)))).containsExactly(again.id());
  }

  @Test
  void an_agent_gets_no_more_than_it_asked_for_nor_than_it_takes() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(3);
    for (int i = 0; i < 5; i++) {
      queued(tenant);
    }

    assertThat(jobs(claimed(replica, agent, claim(2, NO_TIME)))).hasSize(2);
    assertThat(jobs(claimed(replica, agent, claim(5, NO_TIME)))).hasSize(1);
    assertNothing(claimed(replica, agent, claim(1, NO_TIME)));
  }

  @Test
  void the_order_is_that_of_the_formula() throws Exception {
    Job low = queued(tenant, Specs.of(Priority.LOW));
    Job normal = queued(tenant, Specs.of(Priority.NORMAL));
    pass(Duration.ofSeconds(1));
    Job laterNormal = queued(tenant, Specs.of(Priority.NORMAL));
    Job critical = queued(tenant, Specs.of(Priority.CRITICAL));

    assertThat(jobs(claimed(replica(), agent(4), claim(4, NO_TIME))))
        .containsExactly(critical.id(), normal.id(), laterNormal.id(), low.id());
  }

  @Test
  void an_agent_can_do_what_its_claim_names_and_never_more_than_it_enrolled_with()
      throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(Abilities.of(Set.of("ldap", "nuclei"), Set.of("nmap"), "eu"), 5);
    Job job = queued(tenant, Specs.requiring(Requirements.of(Set.of("ldap"), Set.of(), null)));
    Job tooMuch = queued(tenant, Specs.requiring(Requirements.of(Set.of("root"), Set.of(), null)));

    assertNothing(claimed(replica, agent, naming(Set.of("nuclei"))));
    assertThat(jobs(claimed(replica, agent, naming(Set.of("ldap", "root")))))
        .containsExactly(job.id());
    assertThat(stored(tooMuch).status()).isEqualTo(JobStatus.QUEUED);
  }

  private static Claim naming(Set<String> capabilities) {
    return new Claim(Abilities.of(capabilities, Set.of(), null), null, null, 5, NO_TIME, null);
  }

  @Test
  void a_claim_for_one_tenant_or_worker_type_gets_nothing_else() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    queued(tenant);
    Tenant other = tenant(PlanName.FREE);

    assertNothing(claimed(replica, agent, new Claim(null, null, other.slug(), 1, NO_TIME, null)));
    assertNothing(claimed(replica, agent, new Claim(null, "special", null, 1, NO_TIME, null)));
    assertThat(
            jobs(claimed(replica, agent, new Claim(null, "task", tenant.slug(), 1, NO_TIME, null))))
        .hasSize(1);
  }

  @Test
  void platform_agents_get_no_jobs_of_dedicated_tenants() throws Exception {
    queued(tenant(PlanName.FREE, Pool.DEDICATED));

    assertNothing(claimed(replica(), agent(1), claim(1, NO_TIME)));
  }

  @Test
  void a_claim_that_is_repeated_gets_what_it_was_given_and_nothing_more() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    queued(tenant);
    queued(tenant);
    Claimed first = claimed(replica, agent, claim(1, NO_TIME, "claim-1"));

    Claimed again = claimed(replica, agent, claim(1, NO_TIME, "claim-1"));
    Claimed other = claimed(replica, agent, claim(1, NO_TIME, "claim-2"));

    assertThat(again).isEqualTo(first);
    assertThat(jobs(other)).hasSize(1).isNotEqualTo(jobs(first));
    assertThat(audited("agent.task_claimed")).hasSize(2);
  }

  @Test
  void a_claim_whose_jobs_have_begun_claims_afresh() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    queued(tenant);
    Job begun = claimed(replica, agent, claim(1, NO_TIME, "claim-1")).jobs().getFirst().job();
    value(in().reporting().report(calling(agent), begun.id(), 1, new Report.Running(null)));
    Job next = queued(tenant);

    assertThat(jobs(claimed(replica, agent, claim(1, NO_TIME, "claim-1"))))
        .containsExactly(next.id());
  }

  @Test
  void a_newer_poll_with_the_same_claim_id_ends_the_older_one() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    Future<Outcome<Claimed>> older = waiting(replica, agent, claim(1, LONG, "claim-1"));
    Future<Outcome<Claimed>> newer = claiming(replica, agent, claim(1, LONG, "claim-1"));

    assertNothing(value(answer(older)));
    Job job = queued(tenant);
    assertThat(jobs(value(answer(newer)))).containsExactly(job.id());
  }

  @Test
  void a_poll_for_no_jobs_hears_what_there_is_to_say_and_gets_none() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    Future<Outcome<Claimed>> waiting = waiting(replica, agent, claim(0, LONG));
    Job job = queued(tenant);

    value(in().agents().drain(operator(), TenantId.SYSTEM, agent.id()));

    assertThat(value(answer(waiting)))
        .isEqualTo(new Claimed(List.of(), List.of(new Control.Fleet(AgentControl.DRAIN))));
    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
    assertNothing(claimed(replica, agent, claim(0, NO_TIME)));
  }

  @Test
  void a_poll_that_waits_hears_once_that_it_is_time_to_look_for_a_release() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    Future<Outcome<Claimed>> waiting = waiting(replica, agent, claim(0, LONG));

    ports().nudges().add(7, List.of(new Nudges.Nudge(agent.tenant(), agent.id(), now())), now());

    assertThat(value(answer(waiting)).control())
        .containsExactly(new Control.Fleet(AgentControl.UPDATE));
    assertNothing(claimed(replica, agent, claim(0, NO_TIME)));
  }

  @Test
  void an_agent_that_drains_gets_nothing_until_it_is_enabled_again() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    value(in().agents().drain(operator(), TenantId.SYSTEM, agent.id()));
    Job job = queued(tenant);
    assertThat(claimed(replica, agent, claim(1, NO_TIME)).control())
        .containsExactly(new Control.Fleet(AgentControl.DRAIN));
    Future<Outcome<Claimed>> waiting = waiting(replica, agent, claim(1, LONG));

    value(in().agents().enable(operator(), TenantId.SYSTEM, agent.id()));

    assertThat(value(answer(waiting)).control())
        .containsExactly(new Control.Fleet(AgentControl.RESUME));
    assertThat(jobs(claimed(replica, agent, claim(1, NO_TIME)))).containsExactly(job.id());
  }

  @Test
  void a_poll_hears_once_which_job_to_stop() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    Job job = assigned(tenant, agent);
    Future<Outcome<Claimed>> waiting = waiting(replica, agent, claim(0, LONG));

    value(in().control().cancel(member(tenant), job.id()));

    assertThat(value(answer(waiting)).control())
        .containsExactly(new Control.Cancel(job.id(), job.attempt()));
    assertNothing(claimed(replica, agent, claim(0, NO_TIME)));
  }

  @Test
  void what_a_poll_that_is_gone_did_not_hear_the_next_one_hears() throws Exception {
    Agent agent = agent(5);
    LeavingListener news = new LeavingListener(ports().agentNews());
    DispatchService replica = started(in().dispatch(ports().jobQueue(), news));
    Future<Outcome<Claimed>> gone = waiting(replica, agent, claim(0, LONG));
    news.leave(gone, replica);

    value(in().agents().drain(operator(), TenantId.SYSTEM, agent.id()));
    news.awaitLeft();

    assertThat(claimed(replica, agent, claim(0, LONG)).control())
        .containsExactly(new Control.Fleet(AgentControl.DRAIN));
  }

  @Test
  void disabling_an_agent_ends_its_polls_and_says_so() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    Future<Outcome<Claimed>> one = waiting(replica, agent, claim(1, LONG));
    Future<Outcome<Claimed>> other = waiting(replica, agent, claim(0, LONG));

    value(in().agents().disable(operator(), TenantId.SYSTEM, agent.id()));

    assertRefused(answer(one), Code.AGENT_DISABLED);
    assertRefused(answer(other), Code.AGENT_DISABLED);
  }

  @Test
  void taking_an_agents_keys_back_ends_its_polls() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    Future<Outcome<Claimed>> one = waiting(replica, agent, claim(1, LONG));
    Future<Outcome<Claimed>> other = waiting(replica, agent, claim(0, LONG));

    value(in().agentCredentials().revokeKeys(operator(), TenantId.SYSTEM, agent.id()));

    assertRefused(answer(one), Code.UNAUTHENTICATED);
    assertRefused(answer(other), Code.UNAUTHENTICATED);
  }

  @Test
  void a_poll_that_was_let_in_before_the_keys_were_taken_back_gets_no_job_after_it()
      throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    Caller before = calling(agent);
    value(in().agentCredentials().revokeKeys(operator(), TenantId.SYSTEM, agent.id()));
    Job job = queued(tenant);

    assertRefused(replica.claim(before, claim(1, LONG)), Code.UNAUTHENTICATED);
    assertThat(stored(job)).isEqualTo(job);

    assertThat(claimed(replica, agent, claim(1, NO_TIME)).jobs())
        .as("with a key that was issued since")
        .hasSize(1);
  }

  @Test
  void deleting_an_agent_ends_its_polls() throws Exception {
    DispatchService replica = replica();
    Agent agent = agent(5);
    Future<Outcome<Claimed>> waiting = waiting(replica, agent, claim(1, LONG));

    value(in().agents().delete(operator(), TenantId.SYSTEM, agent.id()));

    assertThat(answer(waiting)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void a_replica_that_closes_answers_with_nothing_then_and_afterwards() throws Exception {
    DispatchService replica = replica();
    Future<Outcome<Claimed>> waiting = waiting(replica, agent(1), claim(1, LONG));

    replica.close();

    assertNothing(value(answer(waiting)));
    assertNothing(claimed(replica, agent(1), claim(1, LONG)));
  }

  @Test
  void a_claim_is_audited_as_the_agents_in_the_jobs_tenant() throws Exception {
    Agent agent = agent(1);
    Job job = queued(tenant);

    claimed(replica(), agent, claim(1, NO_TIME));

    AuditEntry entry = audited("agent.task_claimed").getFirst();
    assertThat(entry.tenant()).isEqualTo(tenant.id());
    assertThat(entry.resource().id()).isEqualTo(job.id().toString());
    assertThat(entry.actor())
        .isEqualTo(new AuditEntry.Actor("agent", agent.id().value(), agent.name().value()));
    assertThat(entry.origin()).isEqualTo(ORIGIN);
  }

  @Test
  void what_cannot_be_audited_is_not_given() {
    Agent agent = agent(1);
    Job job = queued(tenant);
    DispatchService replica = replica();
    in().auditLog().breakDown();

    assertThatThrownBy(() -> claimed(replica, agent, claim(1, NO_TIME)))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(StorageUnavailable.class);

    assertThat(stored(job)).isEqualTo(job);
  }

  @Test
  void a_replica_that_met_a_fault_goes_on() throws Exception {
    Agent agent = agent(1);
    Job job = queued(tenant);
    DispatchService replica = replica();
    in().auditLog().breakDown();
    assertThatThrownBy(() -> claimed(replica, agent, claim(1, NO_TIME)))
        .hasCauseInstanceOf(StorageUnavailable.class);

    in().auditLog().mend();

    assertThat(jobs(claimed(replica, agent, claim(1, NO_TIME)))).containsExactly(job.id());
  }
}

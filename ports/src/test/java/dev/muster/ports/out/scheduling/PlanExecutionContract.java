package dev.muster.ports.out.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.Grant;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import dev.muster.ports.out.scheduling.JobQueue.Execution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for plans that are carried out, and for the claims that they answer. */
public abstract class PlanExecutionContract extends JobStorageContract {
  @Test
  void a_start_moves_the_virtual_time_on_from_where_the_plan_saw_it() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(5);

    assign(queued(tenant), agent, null);
    assertThat(standing(tenant).virtualTime()).isEqualTo(100_000);
    Job raised = queued(tenant);
    Planned planned =
        new Planned(new Grant(tenant.id(), raised.id(), agent.id()), QueuedJob.of(raised), 700_000);
    storage().queue().execute(List.of(new Assignment(planned, null)), NOW, NOW.plus(LEASE));

    assertThat(standing(tenant).virtualTime()).isEqualTo(800_000);
  }

  @Test
  void what_had_no_room_still_waits_and_what_is_gone_does_not() {
    Tenant tenant = tenant(PlanName.FREE);
    limit(tenant, 1);
    Agent agent = agent(5);
    Job gone = cancel(queued(tenant(PlanName.FREE)));
    Job first = queued(tenant);
    Job second = queued(tenant);

    Execution execution =
        storage()
            .queue()
            .execute(
                List.of(
                    step(gone, agent, null), step(first, agent, null), step(second, agent, null)),
                NOW,
                NOW.plus(LEASE));

    assertThat(execution.started()).extracting(one -> one.job().id()).containsExactly(first.id());
    assertThat(execution.waiting()).containsExactly(step(second, agent, null).planned());
    assertThat(execution.standings()).containsExactly(standing(tenant));
  }

  @Test
  void what_was_planned_for_an_agent_that_cannot_have_it_still_waits() {
    Tenant own = tenant(PlanName.FREE, Pool.DEDICATED);
    Job job = queued(own);
    Job other = queued(tenant(PlanName.FREE));
    Agent agent = agent(5);

    Execution execution =
        storage()
            .queue()
            .execute(
                List.of(step(job, agent, null), step(other, agent, null)), NOW, NOW.plus(LEASE));

    assertThat(execution.started()).extracting(one -> one.job().id()).containsExactly(other.id());
    assertThat(execution.waiting()).containsExactly(step(job, agent, null).planned());
  }

  @Test
  void a_job_is_assigned_with_a_new_attempt_and_a_lease() {
    Tenant tenant = tenant(PlanName.FREE);
    Agent agent = agent(1);
    Job job = queued(tenant);

    List<LeasedJob> assigned = assign(job, agent, null);

    Job expected = job.assignedTo(agent.id(), NOW, NOW.plus(LEASE));
    assertThat(assigned).containsExactly(new LeasedJob(expected, tenant.slug()));
    assertThat(stored(job)).isEqualTo(expected);
    assertThat(storage().jobs().attempts(tenant.id(), job.id()))
        .containsExactly(new Attempt(1, agent.id(), NOW, null, null, null, null));
  }

  @Test
  void a_second_assignment_forgets_what_the_first_attempt_left() {
    Agent agent = agent(1);
    Job back = requeue(leased(tenant(PlanName.FREE), agent), NOW);
    Instant later = NOW.plusSeconds(5);

    List<LeasedJob> assigned =
        storage()
            .queue()
            .execute(List.of(step(back, agent, null)), later, later.plus(LEASE))
            .started();

    assertThat(assigned)
        .extracting(LeasedJob::job)
        .containsExactly(back.assignedTo(agent.id(), later, later.plus(LEASE)));
  }

  @Test
  void a_job_that_is_not_queued_is_left_out() {
    Tenant tenant = tenant(PlanName.FREE);
    Agent agent = agent(5);
    Job assigned = leased(tenant, agent);
    Job done = complete(leased(tenant, agent));

    assertThat(assign(assigned, agent, null)).isEmpty();
    assertThat(assign(done, agent, null)).isEmpty();
    assertThat(stored(assigned)).isEqualTo(assigned);
  }

  @Test
  void what_is_left_out_takes_nothing_of_the_cap() {
    Tenant tenant = tenant(PlanName.FREE);
    limit(tenant, 2);
    Agent agent = agent(5);
    Job assigned = leased(tenant, agent);

    assign(assigned, agent, null);

    assertThat(assign(queued(tenant), agent, null)).hasSize(1);
    assertThat(assign(queued(tenant), agent, null)).isEmpty();
  }

  @Test
  void a_plan_starts_no_more_than_the_cap_and_in_its_order() {
    Tenant tenant = tenant(PlanName.FREE);
    Tenant other = tenant(PlanName.FREE);
    Agent agent = agent(10);
    Job first = queued(tenant);
    Job second = queued(tenant);
    Job third = queued(tenant);
    Job ofOther = queued(other);

    assertThat(assign(agent, third, first, second, ofOther))
        .containsExactly(third.id(), first.id(), ofOther.id());
  }

  @Test
  void a_cap_that_was_lowered_holds_for_the_next_start() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(10);
    Job one = leased(tenant, agent);
    leased(tenant, agent);
    limit(tenant, 1);
    Job waiting = queued(tenant);

    assertThat(assign(waiting, agent, null)).isEmpty();
    complete(one);
    assertThat(assign(waiting, agent, null)).isEmpty();
  }

  @Test
  void a_suspended_tenant_starts_nothing() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = queued(tenant);
    suspend(tenant);

    assertThat(assign(job, agent(1), null)).isEmpty();
  }

  @Test
  void an_agent_never_has_more_than_its_most() {
    Agent agent = agent(2);
    Job held = leased(tenant(PlanName.FREE), agent);
    Job first = queued(tenant(PlanName.FREE));
    Job second = queued(tenant(PlanName.FREE));

    assertThat(assign(agent, first, second)).containsExactly(first.id());
    complete(held);
    assertThat(assign(agent, second)).containsExactly(second.id());
  }

  @Test
  void an_agent_that_is_disabled_or_drains_gets_nothing() {
    Job job = queued(tenant(PlanName.FREE));
    Agent draining = agent(1);
    storage().steer(draining, true, true, null);
    Agent disabled = agent(1);
    storage().steer(disabled, false, false, null);

    assertThat(assign(job, draining, null)).isEmpty();
    assertThat(assign(job, disabled, null)).isEmpty();
    assertThat(assign(job, agent(1), null)).hasSize(1);
  }

  @Test
  void a_job_never_goes_to_an_agent_of_another_pool() {
    Tenant own = tenant(PlanName.FREE, Pool.DEDICATED);
    Tenant other = tenant(PlanName.FREE, Pool.DEDICATED);
    Abilities none = Abilities.of(Set.of(), Set.of(), null);
    Job job = queued(own);

    assertThat(assign(job, agent(1), null)).isEmpty();
    assertThat(assign(job, agent(other.id(), none, 1), null)).isEmpty();
    assertThat(assign(queued(tenant(PlanName.FREE)), agent(own.id(), none, 1), null)).isEmpty();
    assertThat(assign(job, agent(own.id(), none, 1), null)).hasSize(1);
  }

  @Test
  void a_job_that_stands_in_a_plan_twice_is_assigned_once() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = queued(tenant);

    assertThat(assign(agent(5), job, job)).containsExactly(job.id());
    assertThat(assign(agent(5), queued(tenant), queued(tenant))).hasSize(1);
  }

  @Test
  void an_empty_plan_assigns_nothing() {
    assertThat(storage().queue().execute(List.of(), NOW, NOW.plus(LEASE)))
        .isEqualTo(Execution.NOTHING);
  }

  @Test
  void a_claim_that_is_repeated_finds_what_it_was_given() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(5);
    Agent other = agent(5);
    LeasedJob mine = assign(queued(tenant), agent, "claim-1").getFirst();
    assign(queued(tenant), agent, "claim-2");
    assign(queued(tenant), agent, null);
    LeasedJob others = assign(queued(tenant), other, "claim-1").getFirst();
    JobQueue queue = storage().queue();

    assertThat(queue.assignedUnder(Map.of(agent.id(), "claim-1"))).containsExactly(mine);
    assertThat(queue.assignedUnder(Map.of(agent.id(), "claim-1", other.id(), "claim-1")))
        .containsExactlyInAnyOrder(mine, others);
    assertThat(queue.assignedUnder(Map.of(agent.id(), "claim-9"))).isEmpty();
    assertThat(queue.assignedUnder(Map.of())).isEmpty();
  }

  @Test
  void a_claim_answers_neither_what_has_begun_nor_what_was_given_back() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(5);
    Job begun = assign(queued(tenant), agent, "claim-1").getFirst().job();
    Job back = assign(queued(tenant), agent, "claim-1").getFirst().job();
    start(begun);
    requeue(back, NOW);
    assign(back, agent, "claim-2");

    assertThat(storage().queue().assignedUnder(Map.of(agent.id(), "claim-1"))).isEmpty();
  }

  private TenantStanding standing(Tenant tenant) {
    return storage().queue().standingOf(tenant.id()).orElseThrow();
  }

  private List<JobId> assign(Agent agent, Job... jobs) {
    return storage()
        .queue()
        .execute(
            List.of(jobs).stream().map(job -> step(job, agent, null)).toList(),
            NOW,
            NOW.plus(LEASE))
        .started()
        .stream()
        .map(leased -> leased.job().id())
        .toList();
  }
}

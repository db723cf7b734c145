package dev.muster.ports.out.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.QueueView;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantLoad;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorageContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for the queue of all tenants. */
public abstract class JobQueueContract extends JobStorageContract {
  private static final Set<TenantId> SHARED = Set.of(TenantId.SYSTEM);
  private static final Instant ONLINE_SINCE = NOW.minus(LEASE);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WINDOW = 10;

  @Test
  void the_view_has_what_waits_with_its_tenant() {
    Tenant tenant = tenant(PlanName.STARTER);
    Requirements requirements = Requirements.of(Set.of("ldap", "nuclei"), Set.of("nmap"), "eu");
    Job job = queued(JobFixture.of(tenant).priority(Priority.HIGH).requires(requirements).job());
    leased(tenant, agent(1));

    QueueView view = view(SHARED);

    assertThat(view.candidates())
        .containsExactly(
            new QueuedJob(
                job.id(),
                tenant.id(),
                Pool.SHARED,
                "task",
                Priority.HIGH,
                requirements,
                job.queuedAt()));
    assertThat(view.loads())
        .isEqualTo(Map.of(tenant.id(), new TenantLoad(tenant.id(), tenant.slug(), 1, 5)));
    assertThat(view.now()).isEqualTo(NOW);
    assertThat(view.regionPatience()).isEqualTo(PATIENCE);
  }

  @Test
  void the_view_has_the_first_jobs_of_every_lane() {
    Tenant tenant = tenant(PlanName.PRO);
    Requirements other = Requirements.of(Set.of("nuclei"), Set.of(), null);
    Requirements asTool = Requirements.of(Set.of(), Set.of("nuclei"), null);
    Requirements inRegion = Requirements.of(Set.of(), Set.of(), "nuclei");
    Job third = queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(1)).job());
    Job second = queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(2)).job());
    Job first = queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(3)).job());
    Job low = queued(JobFixture.of(tenant).priority(Priority.LOW).job());
    Job scanner = queued(JobFixture.of(tenant).requires(other).job());
    Job tool = queued(JobFixture.of(tenant).requires(asTool).job());
    Job near = queued(JobFixture.of(tenant).requires(inRegion).job());
    Job ofOther = queued(tenant(PlanName.FREE));

    assertThat(candidates(SHARED, 2))
        .containsExactlyInAnyOrder(
            first.id(), second.id(), low.id(), scanner.id(), tool.id(), near.id(), ofOther.id());
    assertThat(candidates(SHARED, 3)).contains(third.id());
  }

  @Test
  void the_view_leaves_out_tenants_that_may_start_nothing() {
    Tenant atCap = tenant(PlanName.FREE);
    limit(atCap, 1);
    leased(atCap, agent(1));
    queued(atCap);
    Tenant suspended = tenant(PlanName.FREE);
    queued(suspended);
    suspend(suspended);
    Tenant inline = tenant(PlanName.FREE);
    queued(inline);
    storage().replace(with(inline, WorkerMode.INLINE, 0, TenantStatus.ACTIVE));

    assertThat(view(SHARED).candidates()).isEmpty();
  }

  @Test
  void the_view_has_neither_delayed_nor_ended_jobs() {
    Tenant tenant = tenant(PlanName.FREE);
    queued(JobFixture.of(tenant).delayedUntil(NOW.plusSeconds(1)).job());
    complete(leased(tenant, agent(1)));

    assertThat(view(SHARED).candidates()).isEmpty();
  }

  @Test
  void each_pool_sees_its_own_jobs() {
    Tenant shared = tenant(PlanName.FREE);
    Tenant own = tenant(PlanName.FREE, Pool.DEDICATED);
    Tenant otherOwn = tenant(PlanName.FREE, Pool.DEDICATED);
    JobId inShared = queued(shared).id();
    JobId inOwn = queued(own).id();
    JobId inOther = queued(otherOwn).id();

    assertThat(candidates(SHARED, WINDOW)).containsExactly(inShared);
    assertThat(candidates(Set.of(own.id()), WINDOW)).containsExactly(inOwn);
    assertThat(candidates(Set.of(TenantId.SYSTEM, otherOwn.id()), WINDOW))
        .containsExactlyInAnyOrder(inShared, inOther);
    assertThat(candidates(Set.of(shared.id()), WINDOW)).isEmpty();
  }

  @Test
  void the_view_has_each_kind_of_online_agent_once_with_its_free_slots() {
    Abilities able = Abilities.of(Set.of("ldap"), Set.of("nmap"), "eu");
    agent(TenantId.SYSTEM, able, 3);
    Agent busy = agent(TenantId.SYSTEM, able, 2);
    leased(tenant(PlanName.FREE), busy);
    agent(TenantId.SYSTEM, Abilities.of(Set.of("ldap"), Set.of("nmap"), "us"), 1);
    agent(tenant(PlanName.FREE, Pool.DEDICATED).id(), able, 7);

    List<Seeker> online = view(SHARED).online();

    assertThat(online).extracting(kind -> kind.abilities().region()).containsOnlyOnce("eu", "us");
    Seeker kind =
        online.stream().filter(one -> one.abilities().equals(able)).findFirst().orElseThrow();
    assertThat(kind.tenant()).isEqualTo(TenantId.SYSTEM);
    assertThat(kind.leased()).isEqualTo(1);
    assertThat(kind.slots()).isEqualTo(4);
  }

  @Test
  void agents_that_are_away_or_take_no_work_are_not_online() {
    Agent draining = agent(1);
    storage().steer(draining, true, true, null);
    Agent disabled = agent(1);
    storage().steer(disabled, false, false, null);
    agent(1);

    assertThat(storage().queue().view(SHARED, WINDOW, NOW, NOW, PATIENCE).online()).isEmpty();
    assertThat(view(SHARED).online()).singleElement().extracting(Seeker::slots).isEqualTo(1);
  }

  @Test
  void the_load_of_a_tenant_is_known_without_any_job_that_waits() {
    Tenant tenant = tenant(PlanName.STARTER);
    leased(tenant, agent(1));
    JobQueue queue = storage().queue();

    assertThat(queue.loadOf(tenant.id()))
        .contains(new TenantLoad(tenant.id(), tenant.slug(), 1, 5));
    suspend(tenant);
    assertThat(queue.loadOf(tenant.id()).orElseThrow().room()).isZero();
    assertThat(queue.loadOf(new TenantId(id()))).isEmpty();
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
        storage().queue().assign(List.of(step(back, agent, null)), later, later.plus(LEASE));

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
    assertThat(storage().queue().assign(List.of(), NOW, NOW.plus(LEASE))).isEmpty();
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

  private QueueView view(Set<TenantId> agentTenants) {
    return storage().queue().view(agentTenants, WINDOW, NOW, ONLINE_SINCE, PATIENCE);
  }

  private List<JobId> candidates(Set<TenantId> agentTenants, int window) {
    return storage()
        .queue()
        .view(agentTenants, window, NOW, ONLINE_SINCE, PATIENCE)
        .candidates()
        .stream()
        .map(QueuedJob::id)
        .toList();
  }

  private List<JobId> assign(Agent agent, Job... jobs) {
    return storage()
        .queue()
        .assign(
            List.of(jobs).stream().map(job -> step(job, agent, null)).toList(),
            NOW,
            NOW.plus(LEASE))
        .stream()
        .map(leased -> leased.job().id())
        .toList();
  }
}

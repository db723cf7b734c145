package dev.muster.ports.out.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.in.fleet.AgentAdministration.AgentFilter;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for the workers within replicas. */
public abstract class InlineAgentsContract extends JobStorageContract {
  private static final Instant LONG_AGO = Samples.NOW.minusSeconds(1_000);

  private static final Instant OFFLINE_SINCE = LONG_AGO.plusSeconds(60);

  @Test
  void a_worker_without_jobs_that_was_not_seen_for_long_is_removed_once() {
    Agent abandoned = added(worker(LONG_AGO));
    Agent present = added(worker(OFFLINE_SINCE));

    assertThat(storage().inlineAgents().removeAbandoned(OFFLINE_SINCE, 10))
        .containsExactly(abandoned);

    assertThat(storage().inlineAgents().removeAbandoned(OFFLINE_SINCE, 10)).isEmpty();
    assertThat(storage().inlineAgents().removeAbandoned(OFFLINE_SINCE.plusNanos(1_000), 10))
        .containsExactly(present);
  }

  @Test
  void a_worker_that_still_has_a_job_stays_until_that_was_taken_back() {
    Agent abandoned = added(worker(LONG_AGO));
    var leased = leased(tenant(PlanName.FREE), abandoned);

    assertThat(storage().inlineAgents().removeAbandoned(OFFLINE_SINCE, 10)).isEmpty();

    complete(leased);
    assertThat(storage().inlineAgents().removeAbandoned(OFFLINE_SINCE, 10))
        .containsExactly(abandoned);
  }

  @Test
  void an_agent_that_dials_in_is_never_abandoned() {
    Agent agent = added(like(worker(LONG_AGO), "task"));

    assertThat(storage().inlineAgents().removeAbandoned(OFFLINE_SINCE, 10)).isEmpty();

    assertThat(storage().agents().find(TenantId.SYSTEM, agent.id())).isPresent();
  }

  @Test
  void workers_are_needed_while_somebody_works_inline_or_has_left_jobs_for_them() {
    Tenant tenant = tenant(PlanName.FREE);
    assertThat(storage().inlineAgents().areNeeded()).isFalse();

    storage().replace(with(tenant, WorkerMode.INLINE, 0, TenantStatus.ACTIVE));
    assertThat(storage().inlineAgents().areNeeded()).isTrue();

    Job waiting = queued(inline(JobFixture.of(tenant).job()));
    storage().replace(with(tenant, WorkerMode.AGENT, 0, TenantStatus.ACTIVE));
    assertThat(storage().inlineAgents().areNeeded()).isTrue();

    cancel(waiting);
    assertThat(storage().inlineAgents().areNeeded()).isFalse();
  }

  @Test
  void nobody_sees_a_worker_within_the_server_among_the_agents() {
    Agent worker = added(worker(Samples.NOW));

    assertThat(storage().agents().find(TenantId.SYSTEM, worker.id())).isEmpty();
    assertThat(storage().agents().lock(TenantId.SYSTEM, worker.id())).isEmpty();
    assertThat(storage().agents().byName(TenantId.SYSTEM, worker.name())).isEmpty();
    assertThat(listed()).doesNotContain(worker);
    assertThat(storage().agents().stats(TenantId.SYSTEM, LONG_AGO).total()).isZero();
  }

  @Test
  void a_worker_within_the_server_is_online_to_those_who_plan() {
    Agent worker = added(worker(Samples.NOW));

    assertThat(storage().queue().online(Samples.NOW.minusSeconds(1)).kinds())
        .extracting(seeker -> seeker.workerType())
        .contains(Placement.INLINE);
    assertThat(storage().queue().crowds(TenantId.SYSTEM, Samples.NOW.minusSeconds(1)))
        .extracting(crowd -> crowd.example().workerType())
        .contains(Placement.INLINE);
  }

  private List<Agent> listed() {
    return storage()
        .agents()
        .list(TenantId.SYSTEM, AgentFilter.ALL, LONG_AGO, new PageRequest(PageRequest.MOST, null))
        .items();
  }

  private Agent added(Agent agent) {
    assertThat(storage().agents().add(TenantId.SYSTEM, agent)).isTrue();
    return agent;
  }

  private static Job inline(Job job) {
    return new Job(
        job.id(),
        job.tenant(),
        job.spec(),
        Pool.SHARED,
        Placement.INLINE,
        job.status(),
        0,
        0,
        null,
        job.queuedAt(),
        null,
        job.dueAt(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        job.createdBy());
  }

  private static Agent worker(Instant seen) {
    Agent agent = Samples.agent(TenantId.SYSTEM);
    return like(seen(agent, seen), Placement.INLINE);
  }

  private static Agent seen(Agent agent, Instant at) {
    return new Agent(
        agent.id(),
        agent.tenant(),
        agent.name(),
        agent.abilities(),
        agent.workerType(),
        null,
        agent.maxConcurrent(),
        0,
        true,
        false,
        null,
        at,
        agent.createdAt());
  }

  private static Agent like(Agent agent, String workerType) {
    return new Agent(
        agent.id(),
        agent.tenant(),
        agent.name(),
        agent.abilities(),
        workerType,
        null,
        agent.maxConcurrent(),
        0,
        true,
        false,
        null,
        agent.lastSeenAt(),
        agent.createdAt());
  }
}

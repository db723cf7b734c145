package dev.muster.application.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.Presence.Heartbeat;
import dev.muster.ports.in.fleet.WorkerQueries.WorkerFilter;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import dev.muster.ports.in.tenancy.TenantAdministration.TenantChanges;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InlineWorkerServiceTest extends UseCaseTest {
  private static final String REPLICA =
      "a-replica-with-a-name-as-long-as-the-name-of-a-machine-may-be-77aa";

  private final InlineWorkerService workers = in().inlineWorkers();

  @Test
  void a_worker_that_enters_is_an_agent_of_the_platform_that_is_online_and_that_nobody_steers() {
    Caller worker = workers.enter(REPLICA, 3);

    Agent agent = known(worker);
    assertThat(agent.isInline()).isTrue();
    assertThat(agent.tenant()).isEqualTo(TenantId.SYSTEM);
    assertThat(agent.isOnline(now(), Installation.LEASE)).isTrue();
    assertThat(agent.maxConcurrent()).isEqualTo(3);
    assertRefused(in().agents().disable(operator(), TenantId.SYSTEM, agent.id()), Code.NOT_FOUND);
    assertRefused(in().agents().delete(operator(), TenantId.SYSTEM, agent.id()), Code.NOT_FOUND);
    assertThat(
            in().workers()
                .list(operator(), WorkerFilter.ALL, new PageRequest(PageRequest.MOST, null))
                .items())
        .isEmpty();
    assertThat(audited("agent.inline_entered"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.actor().kind()).isEqualTo("server"));
  }

  @Test
  void nobody_acts_as_a_worker_within_the_server() {
    Caller worker = workers.enter(REPLICA, 1);

    assertThat(ports().agentKeys().byId(worker.agent())).isEmpty();
  }

  @Test
  void it_may_run_jobs_of_tenants_that_work_inline_as_long_as_they_do() {
    Tenant tenant = tenant(PlanName.FREE);
    assertThat(workers.mayRun(tenant.id())).isFalse();

    Tenant inline = inline(tenant);
    assertThat(workers.mayRun(inline.id())).isTrue();

    mode(inline, WorkerMode.AGENT);
    assertThat(workers.mayRun(inline.id())).isFalse();
  }

  @Test
  void jobs_of_a_tenant_that_works_inline_go_to_the_server_and_to_no_agent() throws Exception {
    Caller worker = workers.enter(REPLICA, 5);
    Agent agent = agent(5);
    Tenant ofAgents = tenant(PlanName.FREE);
    Job forAgents = queued(ofAgents);
    Job forTheServer = queued(inline(tenant(PlanName.FREE)));

    assertThat(forTheServer.workerType()).isEqualTo(Placement.INLINE);
    assertThat(claimed(calling(agent), null)).containsExactly(forAgents.id().toString());
    assertThat(claimed(worker, null)).containsExactly(forTheServer.id().toString());
    assertThat(audited("agent.task_claimed"))
        .filteredOn(entry -> forTheServer.id().toString().equals(entry.resource().id()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.actor().name()).startsWith("inline-"));
  }

  @Test
  void an_agent_that_says_it_was_the_server_gets_nothing() throws Exception {
    Agent agent = agent(5);
    queued(inline(tenant(PlanName.FREE)));

    assertThat(claimed(calling(agent), Placement.INLINE)).isEmpty();
  }

  @Test
  void what_waited_when_a_tenant_changed_how_it_works_goes_where_it_was_submitted_to()
      throws Exception {
    Caller worker = workers.enter(REPLICA, 5);
    Agent agent = agent(5);
    Tenant tenant = tenant(PlanName.FREE);
    Job before = queued(tenant);
    Tenant inline = inline(tenant);
    Job after = queued(inline);

    assertThat(claimed(worker, null)).containsExactly(after.id().toString());
    assertThat(claimed(calling(agent), null)).containsExactly(before.id().toString());
  }

  @Test
  void a_worker_that_leaves_gives_back_what_it_has_at_no_cost_to_the_attempts() {
    Caller worker = workers.enter(REPLICA, 1);
    Job job = assigned(inline(tenant(PlanName.FREE)), known(worker));

    workers.leave(worker);

    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(stored(job).attemptsUsed()).isZero();
    assertThat(ports().agents().known(worker.agent())).isEmpty();
    assertThat(audited("agent.inline_left")).hasSize(1);
  }

  @Test
  void a_worker_of_a_replica_that_died_is_removed_once_its_jobs_were_taken_back() {
    Caller dead = workers.enter(REPLICA, 1);
    Caller alive = workers.enter(REPLICA, 1);
    Job job = assigned(inline(tenant(PlanName.FREE)), known(dead));
    pass(Installation.LEASE.plus(Duration.ofSeconds(1)));
    in().presence().heartbeat(alive, new Heartbeat(List.of(), null, null));

    assertThat(in().sweeps().noteOfflineAgents()).as("it has a job").isZero();
    in().sweeps().recoverLeases();
    assertThat(in().sweeps().noteOfflineAgents()).isEqualTo(1);

    assertThat(stored(job).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(ports().agents().known(dead.agent())).isEmpty();
    assertThat(ports().agents().known(alive.agent())).isPresent();
    assertThat(audited("agent.offline")).isEmpty();
  }

  private Agent known(Caller worker) {
    return ports().agents().known(worker.agent()).orElseThrow();
  }

  private Tenant inline(Tenant tenant) {
    return mode(tenant, WorkerMode.INLINE);
  }

  private Tenant mode(Tenant tenant, WorkerMode mode) {
    return value(
        in().tenants()
            .change(
                operator(),
                tenant.slug(),
                new TenantChanges(null, null, mode, null, null, null, null, null, null)));
  }

  private List<String> claimed(Caller caller, @Nullable String workerType)
      throws InterruptedException {
    try (var dispatch = in().dispatch()) {
      dispatch.start();
      Claimed claimed =
          value(
              dispatch.claim(
                  caller, new Claim(null, workerType, null, 5, Duration.ofMillis(300), null)));
      return claimed.jobs().stream().map(job -> job.job().id().toString()).toList();
    }
  }
}

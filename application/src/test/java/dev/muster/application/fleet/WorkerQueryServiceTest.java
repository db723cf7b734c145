package dev.muster.application.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.WorkerQueries.WorkerFilter;
import dev.muster.ports.out.Samples;
import dev.muster.ports.paging.PageRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkerQueryServiceTest extends UseCaseTest {
  private final Tenant tenant = tenant(PlanName.PRO, Pool.DEDICATED);
  private final Tenant other = tenant(PlanName.PRO, Pool.DEDICATED);

  @Test
  void a_user_sees_the_own_agents_and_an_operator_all() {
    AgentId own = dedicated(tenant).id();
    AgentId others = dedicated(other).id();
    AgentId platform = agent(1).id();

    assertThat(listed(member(tenant), WorkerFilter.ALL)).containsExactly(own);
    assertThat(listed(member(tenant), WorkerFilter.ALL.ofTenant(other.id()))).containsExactly(own);
    assertThat(listed(operator(), WorkerFilter.ALL))
        .containsExactlyInAnyOrder(own, others, platform);
    assertThat(listed(operator(), WorkerFilter.ALL.ofTenant(other.id()))).containsExactly(others);
  }

  @Test
  void who_was_silent_for_a_lease_is_gone_from_the_list() {
    dedicated(tenant);

    pass(Installation.LEASE);

    assertThat(listed(member(tenant), WorkerFilter.ALL)).isEmpty();
  }

  private Agent dedicated(Tenant of) {
    Agent agent = Samples.agent(of.id());
    ports().agents().add(of.id(), agent);
    return online(agent);
  }

  private List<AgentId> listed(Caller caller, WorkerFilter filter) {
    return in().workers()
        .list(caller, filter, PageRequest.first())
        .map(worker -> worker.agent().id())
        .items();
  }
}

package dev.muster.application.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.paging.PageRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobQueryServiceTest extends UseCaseTest {
  private final Tenant tenant = tenant(PlanName.PRO);
  private final Tenant other = tenant(PlanName.PRO);

  @Test
  void a_user_finds_the_jobs_of_the_own_tenant_and_an_operator_all() {
    Job job = queued(tenant);

    assertThat(value(in().queries().find(member(tenant), job.id())).job()).isEqualTo(job);
    assertThat(value(in().queries().find(operator(), job.id())).job()).isEqualTo(job);
    assertNothingFound(member(other), job);
  }

  @Test
  void the_holder_of_a_jobs_token_finds_that_job_only() {
    Job job = queued(tenant);
    Job neighbour = queued(tenant);

    assertThat(value(in().queries().find(holder(job), job.id())).job()).isEqualTo(job);
    assertNothingFound(holder(job), neighbour);
  }

  @Test
  void an_agent_does_not_look_around() {
    Agent agent = agent(1);
    assertNothingFound(calling(agent), assigned(tenant, agent));
  }

  private void assertNothingFound(Caller caller, Job job) {
    assertRefused(in().queries().find(caller, job.id()), Code.NOT_FOUND);
    assertRefused(in().queries().attempts(caller, job.id()), Code.NOT_FOUND);
    assertRefused(in().queries().logs(caller, job.id(), 0, 10), Code.NOT_FOUND);
  }

  @Test
  void what_is_not_there_looks_like_what_is_anothers() {
    assertThat(in().queries().find(member(tenant), unknownJob()))
        .isEqualTo(in().queries().find(member(tenant), queued(other).id()));
  }

  @Test
  void a_list_is_of_the_own_tenant_whatever_the_filter_says() {
    Job own = queued(tenant);
    Job others = queued(other);
    JobFilter ofOther = new JobFilter(null, null, null, other.id());

    assertThat(listed(member(tenant), JobFilter.ALL)).containsExactly(own);
    assertThat(listed(member(tenant), ofOther)).containsExactly(own);
    assertThat(listed(operator(), JobFilter.ALL)).containsExactlyInAnyOrder(own, others);
    assertThat(listed(operator(), ofOther)).containsExactly(others);
  }

  @Test
  void attempts_and_logs_are_those_of_the_job() {
    Agent agent = agent(1);
    Job job = assigned(tenant, agent);
    LogLine line = new LogLine(1, LogLine.Stream.STDOUT, now(), "text");
    value(in().reporting().log(calling(agent), job.id(), 1, List.of(line)));

    assertThat(value(in().queries().attempts(member(tenant), job.id())))
        .containsExactly(new Attempt(1, agent.id(), now(), null, null, null, null));
    assertThat(value(in().queries().logs(holder(job), job.id(), 0, 10)).lines())
        .extracting(stored -> stored.line())
        .containsExactly(line);
    assertThat(value(in().queries().logs(holder(job), job.id(), 1, 10)).lines()).isEmpty();
  }

  private List<Job> listed(Caller caller, JobFilter filter) {
    return in().queries().list(caller, filter, PageRequest.first()).map(s -> s.job()).items();
  }
}

package dev.muster.application.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.job.Job;
import dev.muster.domain.scheduling.Reason;
import dev.muster.domain.scheduling.Reason.Code;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.job.JobExplanations.Explained;
import org.junit.jupiter.api.Test;

final class JobExplanationServiceTest extends UseCaseTest {
  @Test
  void a_job_at_its_tenants_cap_behind_another_says_both() {
    Tenant tenant = tenant(PlanName.FREE);
    var agent = agent(2);
    assigned(tenant, agent);
    assigned(tenant, agent);
    queued(tenant);
    Job job = queued(tenant);

    Explained explained = value(in().explanations().explain(member(tenant), job.id()));

    assertThat(explained.reasons())
        .extracting(Reason::code)
        .containsExactly(Code.AT_CAP, Code.AGENTS_FULL, Code.JOBS_AHEAD);
    assertThat(explained.position()).isEqualTo(2);
    assertThat(explained.expiresAt()).isEqualTo(job.dueAt().plus(job.spec().queueTimeout()));
    assertThat(explained.asOf()).isEqualTo(now());
  }

  @Test
  void another_tenants_job_is_not_explained() {
    Job job = queued(tenant(PlanName.FREE));

    Outcome<Explained> outcome =
        in().explanations().explain(member(tenant(PlanName.FREE)), job.id());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.NOT_FOUND));
  }
}

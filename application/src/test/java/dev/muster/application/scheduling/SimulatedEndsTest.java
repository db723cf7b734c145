package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Specs;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.Report;
import dev.muster.domain.scheduling.Forecast;
import dev.muster.domain.scheduling.Forecast.Ends;
import dev.muster.domain.scheduling.WhatIf;
import dev.muster.domain.scheduling.WhatIf.TenantChange;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Question;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Simulated;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jobs that become due, expire and fail in a simulation, from what storage has of them. */
final class SimulatedEndsTest extends UseCaseTest {
  private static final WhatIf NOTHING = new WhatIf(Map.of(), Map.of(), List.of(), Set.of());

  private final Tenant tenant = tenant(PlanName.FREE);

  @Test
  void what_becomes_due_before_the_horizon_takes_part_and_what_becomes_so_later_is_left_out() {
    agent(1);
    queued(tenant, Specs.delayed(now().plus(Duration.ofHours(23))));
    queued(tenant, Specs.delayed(now().plus(Duration.ofHours(25))));
    queued(tenant);

    Simulated simulated = simulate(NOTHING);

    assertThat(simulated.replayed()).isEqualTo(2);
    assertThat(simulated.leftOut()).isEqualTo(1);
    assertThat(simulated.now().all().starts()).isEqualTo(2);
    assertThat(simulated.now().all().longest()).isZero();
    assertThat(simulated.now().all().lastStart()).isEqualTo(now().plus(Duration.ofHours(23)));
  }

  @Test
  void what_waits_for_longer_than_its_queue_timeout_expires_unless_things_were_otherwise() {
    agent(5);
    for (int i = 0; i < 3; i++) {
      queued(tenant, Specs.timeouts(Duration.ofHours(1), Duration.ofSeconds(60)));
    }

    TenantChange change = new TenantChange(null, 1, null);
    Simulated simulated =
        simulate(new WhatIf(Map.of(), Map.of(tenant.slug(), change), List.of(), Set.of()));

    assertThat(simulated.now().ends()).isEqualTo(new Ends(2, 0, 1, 0, 0, 0));
    assertThat(simulated.changed().ends()).isEqualTo(new Ends(1, 0, 2, 0, 0, 0));
  }

  @Test
  void as_many_attempts_fail_as_did_of_their_type() {
    Agent agent = agent(2);
    fails(agent, Specs.attempts(1), true);
    fails(agent, Specs.attempts(1), true);
    completes(agent);
    completes(agent);
    for (int i = 0; i < 4; i++) {
      queued(tenant);
    }

    // Two fail at first, one of those again, and that one a third time.
    assertThat(simulate(NOTHING).now().ends()).isEqualTo(new Ends(3, 1, 0, 0, 0, 3));
    assertThat(simulate(NOTHING)).isEqualTo(simulate(NOTHING));
  }

  @Test
  void what_failed_for_good_is_not_tried_again() {
    Agent agent = agent(2);
    fails(agent, Specs.plain(), false);
    completes(agent);
    for (int i = 0; i < 4; i++) {
      queued(tenant);
    }

    assertThat(simulate(NOTHING).now().ends()).isEqualTo(new Ends(2, 2, 0, 0, 0, 0));
  }

  @Test
  void a_failed_attempt_keeps_its_slot_for_as_long_as_those_that_failed_did() {
    Agent agent = agent(1);
    fails(agent, Specs.plain(), false);
    queued(tenant);
    queued(tenant);

    Forecast forecast = simulate(NOTHING).now();

    assertThat(forecast.ends()).isEqualTo(new Ends(0, 2, 0, 0, 0, 0));
    assertThat(forecast.all().longest()).isEqualTo(Duration.ofSeconds(10));
  }

  private void fails(Agent agent, JobSpec spec, boolean retryable) {
    Job job = assigned(queued(tenant, spec), agent);
    pass(Duration.ofSeconds(10));
    Report.Failed failed = new Report.Failed(new JobError(Attempt.FAILED, "no"), retryable);
    in().reporting().report(calling(agent), job.id(), job.attempt(), failed);
    online(agent);
  }

  private void completes(Agent agent) {
    Job job = assigned(tenant, agent);
    pass(Duration.ofSeconds(20));
    in().reporting().report(calling(agent), job.id(), job.attempt(), new Report.Completed("{}"));
    online(agent);
  }

  @Test
  void what_is_assumed_to_fail_does_whatever_was_seen() {
    Agent agent = agent(2);
    completes(agent);
    for (int i = 0; i < 4; i++) {
      queued(tenant);
    }

    assertThat(simulate(0.25).now().ends()).isEqualTo(new Ends(4, 0, 0, 0, 0, 1));
    assertThat(simulate(1.0).now().ends()).isEqualTo(new Ends(0, 4, 0, 0, 0, 8));
    assertThat(simulate(0.0).now()).isEqualTo(simulate(NOTHING).now());
  }

  private Simulated simulate(WhatIf changes) {
    return simulate(changes, null);
  }

  private Simulated simulate(double failures) {
    return simulate(NOTHING, failures);
  }

  private Simulated simulate(WhatIf changes, @Nullable Double failures) {
    Question question = new Question(changes, Duration.ofSeconds(60), failures, Duration.ofDays(1));
    return value(in().simulation().simulate(operator(), question));
  }
}

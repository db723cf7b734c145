package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.Report;
import dev.muster.domain.scheduling.Forecast;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.WhatIf;
import dev.muster.domain.scheduling.WhatIf.PlanChange;
import dev.muster.domain.scheduling.WhatIf.TenantChange;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Question;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Simulated;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class SimulationServiceTest extends UseCaseTest {
  private static final WhatIf NOTHING = new WhatIf(Map.of(), Map.of(), List.of(), Set.of());

  private final Tenant tenant = tenant(PlanName.FREE);

  @Test
  void where_nothing_is_otherwise_both_futures_are_the_same() {
    agent(1);
    queued(tenant);
    queued(tenant);

    Simulated simulated = simulate(NOTHING);

    assertThat(simulated.at()).isEqualTo(now());
    assertThat(simulated.replayed()).isEqualTo(2);
    assertThat(simulated.leftOut()).isZero();
    assertThat(simulated.now()).isEqualTo(simulated.changed());
    assertThat(simulated.now().all().longest()).isEqualTo(Duration.ofSeconds(60));
    assertThat(simulate(NOTHING)).isEqualTo(simulated);
  }

  @Test
  void a_higher_cap_and_another_agent_shorten_waits_and_removing_it_lengthens_them() {
    Agent agent = agent(5);
    for (int i = 0; i < 4; i++) {
      queued(tenant);
    }

    Simulated capped =
        simulate(
            new WhatIf(
                Map.of(PlanName.FREE, new PlanChange(4, null, null)),
                Map.of(),
                List.of(),
                Set.of()));

    assertThat(capped.now().all().longest()).isEqualTo(Duration.ofSeconds(60));
    assertThat(capped.changed().all().longest()).isZero();
    Forecast gone =
        simulate(new WhatIf(Map.of(), Map.of(), List.of(), Set.of(agent.id()))).changed();
    assertThat(gone.all().starts()).isZero();
    assertThat(gone.unfit()).isEqualTo(4);
    Seeker added =
        new Seeker(new AgentId(new UUID(0, 1)), TenantId.SYSTEM, ANY, "task", null, 3, 0, 3);
    assertThat(simulate(new WhatIf(Map.of(), Map.of(), List.of(added), Set.of())).changed().slots())
        .isEqualTo(8);
  }

  @Test
  void a_tenant_is_changed_by_its_slug() {
    agent(5);
    queued(tenant);

    Simulated simulated = simulate(ofTenant(tenant.slug(), new TenantChange(null, null, true)));

    assertThat(simulated.now().all().starts()).isEqualTo(1);
    assertThat(simulated.changed().all().starts()).isZero();
  }

  @Test
  void what_is_not_there_is_refused() {
    assertRefused(
        in().simulation()
            .simulate(
                operator(),
                question(ofTenant(new TenantSlug("nobody"), new TenantChange(1, 1, false)))),
        Refusal.Code.INVALID);
    assertRefused(
        in().simulation()
            .simulate(
                operator(),
                question(new WhatIf(Map.of(), Map.of(), List.of(), Set.of(unknownAgent())))),
        Refusal.Code.INVALID);
  }

  @Test
  void jobs_run_as_long_as_those_of_their_type_did() {
    Agent agent = agent(1);
    Job done = assigned(tenant, agent);
    pass(Duration.ofSeconds(20));
    in().reporting().report(calling(agent), done.id(), done.attempt(), new Report.Completed("{}"));
    online(agent);
    assigned(tenant, agent);
    pass(Duration.ofSeconds(15));
    queued(tenant);
    queued(tenant);

    Forecast.Waits waits = simulate(NOTHING).now().all();

    assertThat(waits.median()).isEqualTo(Duration.ofSeconds(5));
    assertThat(waits.longest()).isEqualTo(Duration.ofSeconds(25));
  }

  @Test
  void nothing_is_changed() {
    Agent agent = agent(3);
    Job running = assigned(tenant, agent);
    Job waiting = queued(tenant);
    var standings = ports().jobQueue().standings();
    var audited = audited();

    simulate(ofTenant(tenant.slug(), new TenantChange(9, 1, false)));

    assertThat(ports().jobQueue().standings()).isEqualTo(standings);
    assertThat(stored(running)).isEqualTo(running);
    assertThat(stored(waiting)).isEqualTo(waiting);
    assertThat(audited()).isEqualTo(audited);
    assertThat(ports().tenants().find(tenant.id())).contains(tenant);
  }

  @Test
  void one_question_is_answered_at_a_time() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    SimulationService service =
        new SimulationService(
            new WorldReading(
                ports().transactions(),
                ports().jobQueue(),
                ports().queueSnapshots(),
                ports().tenants(),
                ports().plans(),
                () -> {
                  reading.countDown();
                  await(asked);
                  return now();
                },
                Installation.LEASE),
            Installation.SLACK,
            Installation.REGION_PATIENCE,
            () -> new SplittableRandom(1));
    Thread first = Thread.ofVirtual().start(() -> service.simulate(operator(), question(NOTHING)));
    await(reading);

    assertRefused(service.simulate(operator(), question(NOTHING)), Refusal.Code.NOT_READY);
    asked.countDown();
    first.join();
    assertThat(value(service.simulate(operator(), question(NOTHING))).replayed()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Simulated simulate(WhatIf changes) {
    return value(in().simulation().simulate(operator(), question(changes)));
  }

  private static Question question(WhatIf changes) {
    return new Question(changes, Duration.ofSeconds(60), null, Duration.ofDays(1));
  }

  private static WhatIf ofTenant(TenantSlug slug, TenantChange change) {
    return new WhatIf(Map.of(), Map.of(slug, change), List.of(), Set.of());
  }
}

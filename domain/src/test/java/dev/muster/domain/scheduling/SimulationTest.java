package dev.muster.domain.scheduling;

import static dev.muster.domain.scheduling.ImaginedWorld.MINUTE;
import static dev.muster.domain.scheduling.ImaginedWorld.of;
import static dev.muster.domain.scheduling.ImaginedWorld.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Priority;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private final ImaginedWorld world = new ImaginedWorld();

  @Test
  void what_finds_a_slot_starts_at_once_and_the_rest_when_one_is_free_again() {
    world.tenant(1, 10, 1).agent(1, 2).waits(1, 5);

    Forecast forecast = world.forecast();

    assertThat(forecast.all())
        .isEqualTo(waits(5, 5, MINUTE, MINUTE.multipliedBy(2), MINUTE.multipliedBy(2)));
    assertThat(of(forecast, 1)).isEqualTo(forecast.all());
    assertThat(forecast.agents()).isEqualTo(1);
    assertThat(forecast.slots()).isEqualTo(2);
    assertThat(forecast.unfit()).isZero();
  }

  @Test
  void what_runs_keeps_its_slot_until_it_is_done() {
    world.tenant(1, 10, 1).tenant(2, 10, 1).agent(1, 1).runs(2, 1, Duration.ofSeconds(10));
    world.waits(1, 2);

    assertThat(world.forecast().all())
        .isEqualTo(
            waits(2, 2, Duration.ofSeconds(10), Duration.ofSeconds(70), Duration.ofSeconds(70)));
  }

  @Test
  void a_cap_counts_what_runs_on_agents_that_are_gone() {
    world.tenant(1, 1, 1).agent(1, 5).runs(1, 99, Duration.ofSeconds(7)).waits(1, 2);

    assertThat(of(world.forecast(), 1))
        .isEqualTo(
            waits(2, 2, Duration.ofSeconds(7), Duration.ofSeconds(67), Duration.ofSeconds(67)));
  }

  @Test
  void the_more_urgent_starts_first() {
    world.tenant(1, 10, 1).agent(1, 1);
    world.waits(world.job(1, Priority.LOW, 60)).waits(world.job(1, Priority.CRITICAL, 60));

    Forecast forecast = world.forecast();

    assertThat(forecast.priorities())
        .containsExactly(
            new Forecast.OfPriority(
                Priority.CRITICAL,
                waits(1, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                new Forecast.Ends(1, 0, 0, 0, 0, 0)),
            new Forecast.OfPriority(
                Priority.LOW,
                waits(1, 1, MINUTE, MINUTE, MINUTE),
                new Forecast.Ends(1, 0, 0, 0, 0, 0)));
  }

  @Test
  void what_does_not_start_before_the_horizon_is_in_no_figure() {
    world.tenant(1, 10, 1).agent(1, 1).waits(1, 9);

    assertThat(world.forecast(Duration.ofSeconds(119)).all())
        .isEqualTo(waits(9, 2, Duration.ZERO, MINUTE, MINUTE));
    assertThat(world.forecast(Duration.ofSeconds(120)).all().starts()).isEqualTo(3);
  }

  @Test
  void what_no_agent_could_take_is_told_from_what_has_no_chance_yet() {
    world.tenant(1, 1, 1).agent(1, 1).waits(1, 2);
    world.waits(
        Queue.requiring(
            world.job(1, Priority.NORMAL, 5), Queue.requirements(null, "nobody-has-it")));

    Forecast forecast = world.forecast(Duration.ofSeconds(1));

    assertThat(forecast.all().starts()).isEqualTo(1);
    assertThat(forecast.unfit()).isEqualTo(1);
  }

  @Test
  void a_job_goes_to_another_region_once_its_patience_ends() {
    world.tenant(1, 10, 1);
    world.agent(Queue.able(Queue.seeker(1, 1, 0, 1), Queue.abilities("eu")));
    world.agent(Queue.able(Queue.seeker(2, 1, 0, 1), Queue.abilities("us")));
    world.runs(1, 1, Duration.ofHours(1));
    world.waits(Queue.requiring(world.job(1, Priority.NORMAL, 20), Queue.requirements("eu")));

    assertThat(world.forecast().all().longest()).isEqualTo(Duration.ofSeconds(10).plusNanos(1));
  }

  @Test
  void a_tenants_own_agents_serve_it_alone_and_again_when_they_are_free() {
    world.tenant(1, 10, 1).tenant(2, 10, 1);
    world.agent(Queue.owned(Queue.seeker(1, 1, 0, 1), Queue.tenant(1), null));
    world.waits(Queue.dedicated(world.job(1, Priority.NORMAL, 9)));
    world.waits(Queue.dedicated(world.job(1, Priority.NORMAL, 8)));
    world.waits(Queue.dedicated(world.job(2, Priority.NORMAL, 99)));

    Forecast forecast = world.forecast();

    assertThat(of(forecast, 1)).isEqualTo(waits(2, 2, Duration.ZERO, MINUTE, MINUTE));
    assertThat(of(forecast, 2)).isEqualTo(waits(1, 0, null, null, null));
    assertThat(forecast.unfit()).isEqualTo(1);
  }

  @Test
  void the_same_world_has_the_same_future_in_whatever_order_it_is_told() {
    World once = busy(1).world();
    ImaginedWorld other = busy(1);
    Collections.reverse(other.agents);
    Collections.reverse(other.queue);
    Collections.reverse(other.tenants);

    Forecast forecast = ImaginedWorld.forecast(once, Duration.ofDays(1));

    assertThat(forecast).isEqualTo(ImaginedWorld.forecast(once, Duration.ofDays(1)));
    assertThat(forecast).isEqualTo(other.forecast());
    assertThat(forecast.all().starts()).isEqualTo(200);
  }

  @Test
  void a_tenant_of_more_weight_waits_less_at_the_cost_of_others() {
    Forecast equal = busy(1).forecast();
    Forecast favoured = busy(5).forecast();

    assertThat(of(favoured, 1).median()).isLessThan(of(equal, 1).median());
    assertThat(of(favoured, 1).longest()).isLessThan(of(equal, 1).longest());
    assertThat(of(favoured, 2).median()).isGreaterThan(of(equal, 2).median());
    assertThat(favoured.all().longest()).isEqualTo(equal.all().longest());
  }

  private static ImaginedWorld busy(int weight) {
    return new ImaginedWorld()
        .tenant(1, 100, weight)
        .tenant(2, 100, 1)
        .agent(1, 4)
        .agent(2, 6)
        .waits(1, 100)
        .waits(2, 100);
  }

  @Test
  void a_closed_tenant_starts_nothing_and_stands_in_nobodys_way() {
    world.tenant(1, 10, 1).agent(1, 1).waits(1, 1);
    TenantStanding closed = Queue.standing(2, 0, 10);
    world.tenants.add(
        new TenantStanding(closed.tenant(), closed.slug(), 1, false, 0, 0, 0, 10, 1, 0, 0));
    world.waits(world.job(2, Priority.CRITICAL, 999));

    Forecast forecast = world.forecast();

    assertThat(of(forecast, 1).longest()).isZero();
    assertThat(of(forecast, 2).starts()).isZero();
    assertThat(forecast.unfit()).isZero();
  }

  @Test
  void nothing_comes_of_nothing() {
    assertThat(world.forecast())
        .isEqualTo(
            new Forecast(
                waits(0, 0, null, null, null),
                new Forecast.Ends(0, 0, 0, 0, 0, 0),
                0,
                0,
                0,
                List.of(),
                List.of()));
  }

  @Test
  void jobs_of_tenants_that_are_not_known_are_left_out() {
    world.tenant(1, 10, 1).agent(1, 2).waits(1, 1).waits(2, 1).runs(2, 1, MINUTE);

    assertThat(world.forecast().all().jobs()).isEqualTo(1);
  }
}

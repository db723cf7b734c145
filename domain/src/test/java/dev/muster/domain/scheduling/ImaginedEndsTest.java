package dev.muster.domain.scheduling;

import static dev.muster.domain.scheduling.ImaginedWorld.MINUTE;
import static dev.muster.domain.scheduling.ImaginedWorld.endsOf;
import static dev.muster.domain.scheduling.ImaginedWorld.entry;
import static dev.muster.domain.scheduling.ImaginedWorld.of;
import static dev.muster.domain.scheduling.ImaginedWorld.straight;
import static dev.muster.domain.scheduling.ImaginedWorld.waits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Priority;
import dev.muster.domain.scheduling.Forecast.Ends;
import dev.muster.domain.scheduling.Forecast.Waits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs in a simulation that become due, expire, fail and come back. */
class ImaginedEndsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ImaginedWorld world = new ImaginedWorld().tenant(1, 10, 1).agent(1, 1);

  @ParameterizedTest
  @CsvSource({"119,1,1,1", "120,1,1,1", "121,2,2,0"})
  void what_has_waited_for_its_queue_timeout_expires_and_is_not_started(
      int timeout, int starts, int completed, int expired) {
    world.waits(world.job(1, Priority.HIGH, 60));
    // Due a minute ago: a slot is free a minute from now.
    world.waits(entry(normal(60), seconds(timeout)), straight(MINUTE));

    Forecast forecast = world.forecast();

    assertThat(forecast.all().starts()).isEqualTo(starts);
    assertThat(endsOf(forecast, 1)).isEqualTo(new Ends(completed, 0, expired, 0, 0, 0));
  }

  @Test
  void what_has_expired_already_is_not_started_though_a_slot_is_free() {
    world.waits(entry(normal(60), seconds(60)), straight(MINUTE));

    assertThat(world.forecast().ends()).isEqualTo(new Ends(0, 0, 1, 0, 0, 0));
    assertThat(world.forecast().all()).isEqualTo(waits(1, 0, null, null, null));
  }

  @Test
  void what_has_expired_makes_room_for_those_behind_it() {
    world.waits(world.job(1, Priority.HIGH, 60));
    for (int i = 0; i < 5; i++) {
      world.waits(entry(normal(60), seconds(70)), straight(MINUTE));
    }
    world.waits(normal(50));

    Forecast forecast = world.forecast();

    assertThat(forecast.ends()).isEqualTo(new Ends(2, 0, 5, 0, 0, 0));
    assertThat(forecast.all().longest()).isEqualTo(MINUTE);
  }

  @Test
  void a_closed_tenants_jobs_expire() {
    world.tenants.add(
        new TenantStanding(Queue.tenant(2), Queue.slug(2), 1, false, 0, 0, 0, 10, 1, 0, 0));
    world.waits(entry(world.job(2, Priority.NORMAL, 9), seconds(10)), straight(MINUTE));

    assertThat(endsOf(world.forecast(), 2)).isEqualTo(new Ends(0, 0, 1, 0, 0, 0));
  }

  @Test
  void what_is_delayed_starts_when_it_is_due_and_waits_from_then_on() {
    world.waits(normal(60));
    world.waits(delayed(50, ImaginedWorld.LONG), straight(MINUTE));
    world.waits(delayed(500, ImaginedWorld.LONG), straight(MINUTE));

    assertThat(world.forecast().all())
        .isEqualTo(
            new Waits(3, 3, Duration.ZERO, seconds(10), seconds(10), Queue.NOW.plusSeconds(500)));
    assertThat(world.forecast(seconds(499)).ends()).isEqualTo(new Ends(2, 0, 0, 0, 1, 0));
  }

  @Test
  void what_is_delayed_expires_counted_from_when_it_is_due() {
    world.runs(1, 1, MINUTE.multipliedBy(10));
    world.waits(delayed(50, seconds(20)), straight(MINUTE));

    assertThat(world.forecast(seconds(69)).ends()).isEqualTo(new Ends(0, 0, 0, 0, 1, 0));
    assertThat(world.forecast(seconds(70)).ends()).isEqualTo(new Ends(0, 0, 1, 0, 0, 0));
  }

  @Test
  void what_fails_comes_back_after_its_back_off_and_is_the_eldest_still() {
    // Starts at 0, fails at 60, is back at 70 and starts when the next is done, at 120.
    world.waits(normal(99), new Course(1, false, MINUTE, MINUTE));
    world.waits(normal(50)).waits(normal(40));

    Forecast forecast = world.forecast();

    assertThat(forecast.all()).isEqualTo(waits(3, 3, MINUTE, seconds(180), seconds(180)));
    assertThat(forecast.ends()).isEqualTo(new Ends(3, 0, 0, 0, 0, 1));
  }

  @Test
  void what_fails_keeps_its_slot_for_as_long_as_failures_take_and_backs_off_longer_each_time() {
    // Fails at 1, 12 (back after 10 s) and 33 (after 20 s); is back at 73, when the other has it.
    world.waits(normal(99), new Course(3, false, MINUTE, SECOND));
    world.waits(delayed(33, ImaginedWorld.LONG), straight(MINUTE));

    assertThat(world.forecast(seconds(92)).ends()).isEqualTo(new Ends(0, 0, 0, 2, 0, 2));
    assertThat(world.forecast(seconds(93)).ends()).isEqualTo(new Ends(1, 0, 0, 1, 0, 3));
  }

  @Test
  void what_is_lost_ends_failed_after_its_last_attempt() {
    world.waits(normal(99), new Course(2, true, MINUTE, SECOND));
    world.waits(normal(98), new Course(0, true, MINUTE, SECOND));

    assertThat(world.forecast().ends()).isEqualTo(new Ends(0, 2, 0, 0, 0, 2));
  }

  @Test
  void a_retry_expires_counted_from_its_back_off() {
    world.agents.clear();
    world.agent(1, 2).runs(1, 1, Duration.ofHours(1));
    // The failing one is back at 11, when the other has the slot: until 61.
    world.waits(entry(normal(2), seconds(49)), new Course(1, false, MINUTE, SECOND));
    world.waits(entry(normal(1), seconds(49)), straight(MINUTE));

    assertThat(world.forecast().ends()).isEqualTo(new Ends(1, 0, 1, 0, 0, 0));
    assertThat(world.forecast(seconds(59)).ends()).isEqualTo(new Ends(0, 0, 0, 2, 0, 0));
  }

  @Test
  void the_first_start_of_what_was_tried_before_is_a_retry() {
    World.Entry tried = new World.Entry(normal(5), "scan", Queue.NOW, ImaginedWorld.LONG, 2, 3);
    world.waits(tried, straight(MINUTE));

    assertThat(world.forecast().ends()).isEqualTo(new Ends(1, 0, 0, 0, 0, 1));
  }

  @Test
  void what_agents_have_comes_back_too_and_is_in_no_figure() {
    world.runs(normal(90), 1, SECOND, new Course(1, false, MINUTE, SECOND));
    world.waits(normal(60)).waits(normal(50));

    Forecast forecast = world.forecast();

    // It fails at 1, is back at 11, and has the slot from 61 to 121.
    assertThat(forecast.all()).isEqualTo(waits(2, 2, SECOND, seconds(121), seconds(121)));
    assertThat(forecast.ends()).isEqualTo(new Ends(2, 0, 0, 0, 0, 0));
  }

  @Test
  void nothing_is_forgotten_where_more_come_back_than_were_waiting() {
    Course again = new Course(1, false, MINUTE, SECOND);
    world.runs(normal(90), 1, SECOND, again).runs(normal(80), 99, SECOND, again);
    world.waits(normal(60)).waits(normal(50));

    assertThat(world.forecast().ends()).isEqualTo(new Ends(2, 0, 0, 0, 0, 0));
  }

  @Test
  void what_has_not_ended_at_the_horizon_is_under_way_or_was_not_started() {
    world.waits(1, 3);

    assertThat(world.forecast(seconds(59)).ends()).isEqualTo(new Ends(0, 0, 0, 1, 2, 0));
    assertThat(world.forecast(seconds(60)).ends()).isEqualTo(new Ends(1, 0, 0, 1, 1, 0));
  }

  @Test
  void tenants_expire_each_by_itself() {
    world.tenant(2, 10, 1).runs(1, 1, MINUTE);
    world.waits(entry(world.job(1, Priority.NORMAL, 5), seconds(30)), straight(MINUTE));
    world.waits(entry(world.job(2, Priority.NORMAL, 5), seconds(300)), straight(MINUTE));

    Forecast forecast = world.forecast();

    assertThat(endsOf(forecast, 1).expired()).isEqualTo(1);
    assertThat(endsOf(forecast, 2).expired()).isZero();
    assertThat(of(forecast, 2).longest()).isEqualTo(MINUTE);
  }

  private QueuedJob normal(int secondsAgo) {
    return world.job(1, Priority.NORMAL, secondsAgo);
  }

  private World.Entry delayed(int seconds, Duration queueTimeout) {
    Instant due = Queue.NOW.plusSeconds(seconds);
    QueuedJob job = world.job(1, Priority.NORMAL, -seconds);
    return new World.Entry(job, "scan", due, queueTimeout, 0, 3);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}

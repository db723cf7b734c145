package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.out.scheduling.JobQueue.OnlineAgents;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OnlineCountTest extends UseCaseTest {
  private final AgentId agent = agent(1).id();
  private final List<Runnable> beside = new ArrayList<>();
  private int counts;
  private boolean isAway;
  private final OnlineCount online =
      new OnlineCount(
          ports().transactions(),
          since -> {
            if (isAway) {
              throw new StorageUnavailable("away", new IOException());
            }
            assertThat(since)
                .isCloseTo(now().minus(Installation.LEASE), within(1, ChronoUnit.SECONDS));
            return new OnlineAgents(List.of(), ++counts);
          },
          Installation.LEASE,
          beside::add,
          () -> Duration.between(Installation.START, now()).toNanos());

  private int after(Duration time) {
    return after(time, Set.of());
  }

  private int after(Duration time, Set<AgentId> come) {
    pass(time);
    online.refresh(come, Set.of(agent), now());
    return online.last().sharedCapacity();
  }

  private void catchUp() {
    List.copyOf(beside).forEach(Runnable::run);
    beside.clear();
  }

  @Test
  void a_count_is_used_for_a_second() {
    assertThat(after(Duration.ZERO)).isEqualTo(1);
    assertThat(after(Duration.ofMillis(499))).isEqualTo(1);
    assertThat(beside).isEmpty();
    assertThat(after(Duration.ofMillis(501))).isEqualTo(2);
  }

  @Test
  void in_steady_work_nobody_waits_for_a_count() {
    after(Duration.ZERO);

    assertThat(after(Duration.ofMillis(500))).isEqualTo(1);
    assertThat(after(Duration.ofMillis(1))).isEqualTo(1);
    assertThat(beside).as("one at a time").hasSize(1);
    catchUp();

    assertThat(after(Duration.ofMillis(490))).isEqualTo(2);
    assertThat(beside).isEmpty();
    assertThat(after(Duration.ofMillis(20))).isEqualTo(2);
    assertThat(beside).hasSize(1);
  }

  @Test
  void an_agent_that_comes_is_counted_at_once_and_one_that_was_counted_is_not_new() {
    after(Duration.ZERO);

    assertThat(after(Duration.ofMillis(1), Set.of(agent))).isEqualTo(1);
    assertThat(after(Duration.ofMillis(1), Set.of(agent(1).id()))).isEqualTo(2);
  }

  @Test
  void an_older_count_that_comes_late_does_not_replace_a_newer_one() {
    after(Duration.ZERO);
    after(Duration.ofMillis(500));
    assertThat(after(Duration.ofMillis(500))).isEqualTo(2);
    pass(Duration.ofMillis(-500));

    catchUp();

    assertThat(counts).isEqualTo(3);
    assertThat(online.last().sharedCapacity()).isEqualTo(2);
  }

  @Test
  void where_storage_was_away_it_is_tried_again() {
    after(Duration.ZERO);
    after(Duration.ofMillis(500));
    isAway = true;
    catchUp();
    isAway = false;

    assertThat(after(Duration.ofMillis(1))).isEqualTo(1);
    catchUp();
    assertThat(online.last().sharedCapacity()).isEqualTo(2);
  }
}

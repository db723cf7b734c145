package dev.muster.domain.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.AgentId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutTest {
  private static final List<AgentId> FLEET =
      IntStream.range(0, 2_000).mapToObj(i -> new AgentId(new UUID(7, i))).toList();

  @Test
  void it_reaches_about_as_many_as_it_says() {
    for (int percentage : new int[] {0, 1, 10, 50, 99, 100}) {
      double reached = 100.0 * reached(percentage, 3).size() / FLEET.size();
      assertThat(reached).isBetween(percentage * 0.6 - 0.01, percentage + 4.0);
    }
    assertThat(reached(100, 3)).hasSize(FLEET.size());
    assertThat(reached(0, 3)).isEmpty();
  }

  @Test
  void whoever_was_reached_stays_reached_as_it_grows() {
    for (int percentage = 1; percentage <= 100; percentage++) {
      assertThat(reached(percentage, 3)).containsAll(reached(percentage - 1, 3));
    }
  }

  @Test
  void another_release_begins_with_other_agents() {
    assertThat(reached(5, 3)).isNotEqualTo(reached(5, 4));
  }

  @Test
  void regions_narrow_it_and_pinned_agents_are_reached_anyway() {
    AgentId one = FLEET.getFirst();
    Rollout there = new Rollout(100, Set.of("eu"), Set.of(), RolloutStatus.RUNNING);
    Rollout pinned = new Rollout(0, Set.of("eu"), Set.of(one), RolloutStatus.RUNNING);

    assertThat(there.reaches(one, "eu", 1)).isTrue();
    assertThat(there.reaches(one, "us", 1)).isFalse();
    assertThat(there.reaches(one, null, 1)).isFalse();
    assertThat(pinned.reaches(one, null, 1)).isTrue();
    assertThat(pinned.reaches(FLEET.getLast(), "eu", 1)).isFalse();
  }

  @Test
  void one_that_is_paused_or_halted_reaches_nobody() {
    for (RolloutStatus status : List.of(RolloutStatus.PAUSED, RolloutStatus.HALTED)) {
      Rollout stopped = new Rollout(100, Set.of(), Set.copyOf(FLEET), status);
      assertThat(stopped.reaches(FLEET.getFirst(), null, 1)).isFalse();
    }
  }

  @Test
  void it_halts_when_enough_and_a_large_enough_share_went_back() {
    RevertLimit limit = new RevertLimit(3, 10);

    assertThat(limit.isPassed(2, 0)).isFalse();
    assertThat(limit.isPassed(3, 0)).isTrue();
    assertThat(limit.isPassed(3, 27)).isTrue();
    assertThat(limit.isPassed(3, 28)).isFalse();
  }

  private static List<AgentId> reached(int percentage, long sequence) {
    Rollout rollout = new Rollout(percentage, Set.of(), Set.of(), RolloutStatus.RUNNING);
    return FLEET.stream().filter(agent -> rollout.reaches(agent, null, sequence)).toList();
  }
}

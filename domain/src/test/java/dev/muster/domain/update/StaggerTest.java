package dev.muster.domain.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StaggerTest {
  /** Where so many agents cannot all hear of it at this pace before they look by themselves. */
  private static final int MANY = Stagger.AGENTS_PER_SECOND * 600;

  @Test
  void a_single_agent_hears_of_it_at_once() {
    assertThat(new Stagger(1).delay(0)).isZero();
  }

  @Property
  void no_more_than_five_agents_hear_of_it_in_a_second_as_long_as_that_can_be(
      @ForAll @IntRange(min = 1, max = MANY) int agents) {
    Stagger stagger = new Stagger(agents);

    long[] perSecond = new long[(int) Stagger.LONGEST.toSeconds() + 1];
    IntStream.range(0, agents)
        .forEach(place -> perSecond[(int) stagger.delay(place).toSeconds()]++);

    assertThat(LongStream.of(perSecond).max().orElseThrow())
        .isLessThanOrEqualTo(Stagger.AGENTS_PER_SECOND);
  }

  @Property
  void nobody_waits_longer_than_until_it_looks_by_itself(
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int agents) {
    Stagger stagger = new Stagger(agents);

    assertThat(stagger.delay(agents - 1)).isLessThan(Stagger.LONGEST);
    assertThat(stagger.delay(0)).isZero();
  }

  @Test
  void a_hundred_thousand_agents_are_spread_over_the_whole_time() {
    Stagger stagger = new Stagger(100_000);

    assertThat(stagger.delay(50_000)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void a_place_that_is_none_is_refused() {
    assertThatThrownBy(() -> new Stagger(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Stagger(3).delay(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Stagger(3).delay(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}

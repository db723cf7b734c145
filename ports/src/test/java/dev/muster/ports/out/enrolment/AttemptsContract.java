package dev.muster.ports.out.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.enrolment.CallerNetwork;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Attempts} must do. */
public abstract class AttemptsContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant NOW = Samples.NOW;

  private final CallerNetwork network = new CallerNetwork("192.0.2.1 " + Samples.id());

  protected abstract Attempts attempts();

  @Test
  void within_any_minute_as_many_are_noted_as_are_allowed() {
    assertThat(note(0)).isTrue();
    assertThat(note(30)).isTrue();
    assertThat(note(50)).isTrue();
    assertThat(note(59)).isFalse();
    assertThat(note(60)).as("the first is a minute ago").isTrue();
    assertThat(note(89)).isFalse();
    assertThat(note(90)).isTrue();
  }

  @Test
  void what_was_not_allowed_does_not_count() {
    List.of(0, 0, 0).forEach(this::note);
    for (int i = 1; i < 60; i++) {
      assertThat(note(i)).isFalse();
    }
    assertThat(note(60)).isTrue();
  }

  @Test
  void each_network_is_counted_by_itself() {
    List.of(0, 0, 0).forEach(this::note);

    assertThat(attempts().note(new CallerNetwork("other " + Samples.id()), 3, MINUTE, NOW))
        .isTrue();
    assertThat(note(0)).isFalse();
  }

  @Test
  void of_a_hundred_at_once_three_are_noted() {
    List<Boolean> noted = Race.of(100, i -> note(0));

    assertThat(noted).filteredOn(each -> each).hasSize(3);
  }

  private boolean note(int second) {
    return attempts().note(network, 3, MINUTE, NOW.plusSeconds(second));
  }
}

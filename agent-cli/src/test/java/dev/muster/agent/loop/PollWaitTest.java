package dev.muster.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollWaitTest {
  private final PollWait wait = new PollWait(Duration.ofSeconds(30));

  @Test
  void a_cut_poll_is_followed_by_one_of_three_quarters_of_its_life() {
    wait.died(Duration.ofSeconds(20));
    assertThat(wait.current()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void a_poll_never_waits_less_than_a_second_or_more_than_configured() {
    wait.died(Duration.ofMillis(900));
    assertThat(wait.current()).isEqualTo(Duration.ofSeconds(1));
    wait.died(Duration.ofSeconds(400));
    assertThat(wait.current()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_poll_that_was_dropped_without_a_word_is_shortened_until_it_survives() {
    wait.died(Duration.ofSeconds(45));
    assertThat(wait.current()).isEqualTo(Duration.ofSeconds(22));
    wait.died(Duration.ofSeconds(37));
    assertThat(wait.current()).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void the_full_wait_is_tried_again_after_a_while() {
    wait.died(Duration.ofSeconds(20));
    for (int i = 0; i < 20; i++) {
      assertThat(wait.current()).isEqualTo(Duration.ofSeconds(15));
      wait.answered();
    }
    assertThat(wait.current()).isEqualTo(Duration.ofSeconds(30));
  }
}

package dev.muster.tracing.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LossesTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final Losses losses = new Losses(nanos::get);

  @Test
  void where_nothing_is_lost_nothing_is_said() {
    assertThat(losses.tell()).isFalse();
  }

  @Test
  void losses_are_told_at_most_once_a_minute() {
    losses.add(3, "status 503");
    assertThat(losses.tell()).isTrue();

    losses.add(1, "status 503");
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(losses.tell()).isFalse();

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(losses.tell()).isTrue();
    assertThat(losses.tell()).isFalse();
  }
}

package dev.muster.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest
  @CsvSource({"1,10", "2,20", "3,40", "4,80", "5,160", "6,320", "7,600", "8,600", "20,600"})
  void it_doubles_up_to_ten_minutes(int attemptsUsed, int seconds) {
    assertThat(Backoff.after(attemptsUsed, 0)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void jitter_moves_it_by_a_fifth_at_most() {
    assertThat(Backoff.after(1, -1)).isEqualTo(Duration.ofSeconds(8));
    assertThat(Backoff.after(1, 0.5)).isEqualTo(Duration.ofSeconds(11));
    assertThat(Backoff.after(9, Math.nextDown(1.0))).isEqualTo(Duration.ofMinutes(12));
  }

  @Test
  void jitter_out_of_its_range_is_a_bug() {
    for (double wrong : new double[] {1, -1.01, Double.NaN}) {
      assertThatThrownBy(() -> Backoff.after(1, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property
  void it_lies_within_a_fifth_of_the_formula(
      @ForAll @IntRange(min = 1, max = JobSpec.MOST_ATTEMPTS) int attemptsUsed,
      @ForAll @DoubleRange(min = -1, max = 1, maxIncluded = false) double jitter) {
    double formula = Math.min(10_000 * Math.pow(2, attemptsUsed - 1), 600_000);
    assertThat((double) Backoff.after(attemptsUsed, jitter).toMillis())
        .isBetween(0.8 * formula - 1, 1.2 * formula + 1);
  }
}

package dev.muster.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void a_percentile_is_the_value_that_so_many_do_not_exceed() {
    Percentiles hundred =
        Percentiles.of(LongStream.rangeClosed(1, 100).map(n -> (101 - n) * 1_000_000).toArray());

    assertThat(hundred.millis(0.5)).isEqualTo(50);
    assertThat(hundred.millis(0.99)).isEqualTo(99);
    assertThat(hundred.millis(1)).isEqualTo(100);
  }
}

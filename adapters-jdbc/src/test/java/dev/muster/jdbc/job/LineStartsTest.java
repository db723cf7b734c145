package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.job.LineStarts.Line;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineStartsTest {
  private static final Line LINE = new Line(TenantId.SYSTEM, Priority.NORMAL);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant EARLIER = NOW.minusSeconds(60);

  private final Duration[] passed = {Duration.ofDays(-1)};
  private final LineStarts starts = new LineStarts(() -> passed[0].toNanos());

  private void pass(Duration time) {
    passed[0] = passed[0].plus(time);
  }

  @Test
  void a_line_that_nobody_has_looked_at_is_read_from_its_start() {
    assertThat(starts.of(LINE)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void for_five_seconds_it_is_read_from_where_it_began() {
    starts.learn(LINE, Instant.EPOCH, EARLIER, NOW);

    pass(Duration.ofMillis(4_999));
    assertThat(starts.of(LINE)).isEqualTo(EARLIER);
    assertThat(starts.of(new Line(TenantId.SYSTEM, Priority.LOW))).isEqualTo(Instant.EPOCH);

    pass(Duration.ofMillis(1));
    assertThat(starts.of(LINE)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void what_was_found_from_there_moves_the_start_on_and_never_back_but_not_the_next_full_look() {
    starts.learn(LINE, Instant.EPOCH, EARLIER, NOW);
    pass(Duration.ofMillis(4_600));

    starts.learn(LINE, EARLIER, EARLIER.plusSeconds(2), NOW);
    assertThat(starts.of(LINE)).isEqualTo(EARLIER.plusSeconds(2));
    starts.learn(LINE, EARLIER, EARLIER.plusSeconds(1), NOW);
    assertThat(starts.of(LINE)).isEqualTo(EARLIER.plusSeconds(2));

    pass(Duration.ofMillis(400));
    assertThat(starts.of(LINE)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void what_is_on_its_way_to_its_commit_is_not_left_behind() {
    starts.learn(LINE, Instant.EPOCH, NOW.plusSeconds(3_000), NOW);

    assertThat(starts.of(LINE)).isEqualTo(NOW.minusMillis(50));
  }
}

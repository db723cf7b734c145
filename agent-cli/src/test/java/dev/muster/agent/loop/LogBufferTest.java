package dev.muster.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.connector.LogStream;
import dev.muster.domain.job.LogLine;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogBufferTest {
  private final LogBuffer buffer = new LogBuffer(InstantSource.system());

  @Test
  void lines_stay_until_they_are_taken() {
    lines(3, 10);
    assertThat(buffer.batch()).extracting(LogLine::seq).containsExactly(1L, 2L, 3L);
    buffer.taken(2);
    assertThat(buffer.batch()).extracting(LogLine::seq).containsExactly(3L);
  }

  @Test
  void a_batch_holds_at_most_a_thousand_lines_and_half_a_mebibyte() {
    lines(1_500, 1);
    assertThat(buffer.batch()).hasSize(1_000);
    buffer.taken(1_500);
    lines(200, 8_192);
    assertThat(buffer.batch().stream().mapToInt(line -> line.text().length()).sum())
        .isLessThanOrEqualTo(512 * 1024);
  }

  @Test
  void when_the_server_does_not_take_them_the_oldest_lines_go_and_the_gap_shows() {
    lines(1_000, 8_192);
    assertThat(buffer.dropped()).isPositive();
    List<LogLine> batch = buffer.batch();
    assertThat(batch.getFirst().seq()).isEqualTo(buffer.dropped() + 1);
  }

  @Test
  void empty_lines_are_bounded_too() {
    lines(200_000, 0);
    assertThat(buffer.dropped()).isPositive();
  }

  @Test
  void only_the_newest_progress_is_sent() {
    buffer.progress(10, "a");
    buffer.progress(400, "b");
    var progress = buffer.takeProgress();
    assertThat(progress).isNotNull();
    assertThat(progress.percent()).isEqualTo(100);
    assertThat(buffer.takeProgress()).isNull();
  }

  private void lines(int count, int length) {
    for (int i = 0; i < count; i++) {
      buffer.logLine(LogStream.STDOUT, "x".repeat(length));
    }
  }
}

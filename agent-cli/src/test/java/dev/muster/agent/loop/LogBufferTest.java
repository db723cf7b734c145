package dev.muster.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.api.Lease;
import dev.muster.agent.connector.LogStream;
import dev.muster.agent.spool.Spool;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogBufferTest {
  private static final Lease LEASE = new Lease(new JobId(new UUID(7, 1)), 1);

  @TempDir private Path folder;

  private Spool spool;
  private LogBuffer buffer;

  @BeforeEach
  void open() throws Exception {
    spool = Spool.open(folder, Long.MAX_VALUE);
    buffer = new LogBuffer(InstantSource.system(), spool.spillOf(LEASE));
  }

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
  void what_does_not_fit_into_memory_goes_to_disk_and_all_comes_out_in_its_order()
      throws Exception {
    lines(1_000, 8_192);

    assertThat(spool.spillOf(LEASE).isEmpty()).isFalse();
    assertThat(buffer.dropped()).isZero();
    long next = 1;
    for (List<LogLine> batch = buffer.batch(); !batch.isEmpty(); batch = buffer.batch()) {
      assertThat(batch.getFirst().seq()).isEqualTo(next);
      next = batch.getLast().seq() + 1;
      buffer.taken(next - 1);
    }
    assertThat(next).isEqualTo(1_001);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void where_the_disk_takes_nothing_the_oldest_lines_go_and_the_gap_shows() throws Exception {
    Files.delete(folder);
    lines(1_000, 8_192);

    assertThat(buffer.dropped()).isPositive();
    assertThat(buffer.batch().getFirst().seq()).isEqualTo(buffer.dropped() + 1);
  }

  @Test
  void empty_lines_are_bounded_too() {
    lines(200_000, 0);
    assertThat(spool.spillOf(LEASE).isEmpty()).isFalse();
  }

  @Test
  void what_nobody_has_taken_is_kept_for_the_next_run() {
    lines(3, 10);
    buffer.taken(1);

    buffer.keep();

    assertThat(spool.spillOf(LEASE).next(10, 4096).lines())
        .extracting(LogLine::seq)
        .containsExactly(2L, 3L);
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

package dev.muster.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.api.Lease;
import dev.muster.agent.api.StatusReport;
import dev.muster.agent.api.StatusReport.Failure;
import dev.muster.agent.spool.LogSpill.Batch;
import dev.muster.agent.spool.Spool.Left;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class SpoolTest {
  private static final Instant NOW = Instant.parse("2026-03-29T01:00:00Z");
  private static final Lease ONE = new Lease(new JobId(new UUID(7, 1)), 3);
  private static final Lease TWO = new Lease(new JobId(new UUID(7, 2)), 1);
  private static final long PLENTY = 1 << 20;

  @TempDir private Path home;

  private Path folder;
  private Spool spool;

  @BeforeEach
  void open() throws Exception {
    folder = home.resolve("spool");
    spool = Spool.open(folder, PLENTY);
  }

  @Test
  void outcomes_are_there_for_the_next_run_until_they_are_forgotten() throws Exception {
    StatusReport done =
        StatusReport.completed(ONE, JsonNodeFactory.instance.objectNode().put("open", 22));
    StatusReport failed = StatusReport.failed(TWO, new Failure("tool_failed", "it broke", true));

    assertThat(spool.keep(done)).isTrue();
    assertThat(spool.keep(failed)).isTrue();

    Spool next = Spool.open(folder, PLENTY);
    assertThat(next.left())
        .extracting(left -> left.outcome().orElseThrow())
        .containsExactly(done, failed);
    next.forget(ONE);
    assertThat(Spool.open(folder, PLENTY).left()).extracting(Left::lease).containsExactly(TWO);
  }

  @Test
  void nobody_else_reads_what_lies_there() throws Exception {
    spool.keep(StatusReport.cancelled(ONE));
    spool.spillOf(ONE).append(lines(1, 1));

    assertThat(permissions(folder)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSize(2)
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void lines_come_back_in_their_order_a_batch_at_a_time() {
    LogSpill spill = spool.spillOf(ONE);
    assertThat(spill.append(lines(1, 10))).isTrue();
    assertThat(spill.append(lines(11, 5))).isTrue();

    List<Long> numbers = new ArrayList<>();
    while (!spill.isEmpty()) {
      Batch batch = spill.next(4, 4096);
      assertThat(batch.lines()).hasSizeBetween(1, 4);
      assertThat(spill.next(4, 4096).lines()).isEqualTo(batch.lines());
      batch.lines().forEach(line -> numbers.add(line.seq()));
      spill.taken(batch);
    }

    assertThat(numbers).isEqualTo(Stream.iterate(1L, n -> n + 1).limit(15).toList());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void lines_are_found_by_the_next_run() throws Exception {
    spool.spillOf(ONE).append(lines(1, 3));

    List<Left> left = Spool.open(folder, PLENTY).left();

    assertThat(left).hasSize(1);
    assertThat(left.getFirst().outcome()).isEmpty();
    assertThat(left.getFirst().lines().next(10, 4096).lines()).isEqualTo(lines(1, 3));
  }

  @Test
  void of_too_many_lines_the_oldest_go_and_outcomes_never() throws Exception {
    Spool small = Spool.open(folder, 1_500);
    small.keep(StatusReport.cancelled(ONE));
    small.spillOf(ONE).append(lines(1, 10));

    small.spillOf(TWO).append(lines(1, 12));

    assertThat(small.spillOf(ONE).isEmpty()).isTrue();
    assertThat(small.spillOf(TWO).isEmpty()).isFalse();
    small.spillOf(TWO).append(lines(13, 30));
    assertThat(small.spillOf(TWO).isEmpty()).isTrue();
    assertThat(small.left()).extracting(left -> left.outcome().isPresent()).containsExactly(true);
  }

  @Test
  void what_is_damaged_is_left_out_and_keeps_nothing_up() throws Exception {
    spool.keep(StatusReport.cancelled(ONE));
    Path outcome = folder.resolve(ONE.job() + ".3.outcome");
    Files.writeString(outcome, "{\"attempt\": 3, \"sta");
    LogSpill spill = spool.spillOf(TWO);
    spill.append(lines(1, 1));
    Path log = folder.resolve(TWO.job() + ".1.log");
    Files.writeString(log, "nonsense\n" + Files.readString(log) + "{\"seq\": 2, \"str");
    Files.writeString(folder.resolve("what-is-this"), "");

    List<Left> left = Spool.open(folder, PLENTY).left();

    assertThat(left).extracting(Left::lease).containsExactly(ONE, TWO);
    assertThat(left.getFirst().outcome()).isEmpty();
    LogSpill rest = left.getLast().lines();
    Batch batch = rest.next(10, 4096);
    assertThat(batch.lines()).isEqualTo(lines(1, 1));
    rest.taken(batch);
    Batch cut = rest.next(10, 4096);
    assertThat(cut.lines()).isEmpty();
    rest.taken(cut);
    assertThat(rest.isEmpty()).isTrue();
    assertThat(folder.resolve("what-is-this")).doesNotExist();
    assertThat(outcome).doesNotExist();
  }

  @Test
  void a_disk_that_takes_nothing_is_told_of_and_breaks_nothing() throws Exception {
    Files.delete(folder);
    Files.writeString(folder, "a file in its place");

    assertThat(spool.keep(StatusReport.cancelled(ONE))).isFalse();
    assertThat(spool.spillOf(ONE).append(lines(1, 1))).isFalse();
    assertThat(spool.left()).isEmpty();
    spool.forget(ONE);
  }

  private static List<LogLine> lines(long from, int count) {
    return Stream.iterate(from, n -> n + 1)
        .limit(count)
        .map(n -> new LogLine(n, LogLine.Stream.STDOUT, NOW, "line " + n))
        .toList();
  }
}

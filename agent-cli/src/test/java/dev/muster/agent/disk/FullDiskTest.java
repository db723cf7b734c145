package dev.muster.agent.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.agent.api.Lease;
import dev.muster.agent.api.StatusReport;
import dev.muster.agent.spool.LogSpill;
import dev.muster.agent.spool.Spool;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Files and the spool, where the disk has no room: of nothing is a half kept, and none is lost. */
class FullDiskTest {
  private static final Lease ONE = new Lease(new JobId(new UUID(7, 1)), 1);
  private static final Lease TWO = new Lease(new JobId(new UUID(7, 2)), 1);

  @TempDir private Path home;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.of(home.resolve("small"), 64);
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void a_file_that_does_not_fit_leaves_the_one_before_and_nothing_else() throws Exception {
    Path file = disk.folder().resolve("file");
    WholeFile.write(file, "before".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    byte[] large = new byte[8 * SmallDisk.PAGE];

    for (int left = 0; left < 8; left++) {
      disk.fill(left);
      IOException failure =
          catchThrowableOfType(IOException.class, () -> WholeFile.write(file, large));

      assertThat(DiskFailure.describe(failure)).isEqualTo("No space left on device");
      assertThat(file).hasContent("before");
      disk.free();
      try (var files = Files.list(disk.folder())) {
        assertThat(files).containsExactly(file);
      }
    }
    WholeFile.write(file, large);
    assertThat(file).hasBinaryContent(large);
  }

  @Test
  void an_outcome_is_kept_whole_or_not_at_all_and_again_when_there_is_room() throws Exception {
    Path folder = disk.folder().resolve("spool");
    Spool spool = Spool.open(folder, 1 << 20);
    StatusReport small = StatusReport.cancelled(ONE);
    StatusReport large =
        StatusReport.completed(
            TWO, JsonNodeFactory.instance.objectNode().put("found", "x".repeat(20_000)));
    assertThat(spool.keep(small)).isTrue();

    for (int left = 0; left < 5; left++) {
      disk.fill(left);
      assertThat(spool.keep(large)).isFalse();
      assertThat(Spool.open(folder, 1 << 20).left())
          .extracting(each -> each.outcome().orElseThrow())
          .containsExactly(small);
    }
    disk.free();

    assertThat(spool.keep(large)).isTrue();
    assertThat(Spool.open(folder, 1 << 20).left())
        .extracting(each -> each.outcome().orElseThrow())
        .containsExactly(small, large);
  }

  @Test
  void lines_that_do_not_fit_are_told_of_and_spoil_none_of_those_that_do() throws Exception {
    Path folder = disk.folder().resolve("spool");
    LogSpill spill = Spool.open(folder, 1 << 20).spillOf(ONE);
    assertThat(spill.append(lines(1, 3))).isTrue();

    for (int left = 0; left < 3; left++) {
      disk.fill(left);
      assertThat(spill.append(lines(4, 400))).isFalse();
    }
    assertThat(Spool.open(folder, 1 << 20).spillOf(ONE).next(1_000, 1 << 20).lines())
        .isEqualTo(lines(1, 3));
    disk.free();
    assertThat(spill.append(lines(404, 2))).isTrue();

    assertThat(Spool.open(folder, 1 << 20).spillOf(ONE).next(1_000, 1 << 20).lines())
        .extracting(LogLine::seq)
        .containsExactly(1L, 2L, 3L, 404L, 405L);
  }

  private static List<LogLine> lines(long from, int count) {
    return IntStream.range(0, count)
        .mapToObj(each ->
            new LogLine(from + each, LogLine.Stream.STDOUT, Instant.EPOCH, "a line of text"))
        .toList();
  }
}

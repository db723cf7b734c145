package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.ports.in.job.JobQueries.LogPage;
import dev.muster.ports.in.job.JobQueries.StoredLine;
import dev.muster.ports.out.Race;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.JobStorageContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogRaceTest extends JobStorageContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  private static final int WRITERS = 12;
  private static final int LINES_EACH = 25;
  private static final int LINES = WRITERS * LINES_EACH;

  private final CountDownLatch writing = new CountDownLatch(WRITERS);

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }

  @Test
  void who_follows_a_log_misses_no_line_that_is_written_meanwhile() {
    Job job = queued(tenant(PlanName.FREE));

    List<List<Long>> answers =
        Race.of(WRITERS + 1, runner -> runner == 0 ? follow(job) : write(job, runner));

    assertThat(answers.getFirst()).isEqualTo(LongStream.rangeClosed(1, LINES).boxed().toList());
  }

  @Test
  void lines_that_are_sent_several_times_at_once_are_kept_once() {
    Job job = queued(tenant(PlanName.FREE));
    List<LogLine> lines = LongStream.rangeClosed(1, 50).mapToObj(LogRaceTest::line).toList();

    List<Integer> added =
        Race.of(WRITERS, runner -> storage().logs().append(job.tenant(), job.id(), 1, lines));

    assertThat(added).containsOnlyOnce(50).filteredOn(count -> count == 0).hasSize(WRITERS - 1);
  }

  private List<Long> write(Job job, int writer) {
    try {
      for (int i = 0; i < LINES_EACH; i++) {
        storage().logs().append(job.tenant(), job.id(), writer, List.of(line(i + 1)));
      }
      return List.of();
    } finally {
      writing.countDown();
    }
  }

  private List<Long> follow(Job job) {
    List<Long> positions = new ArrayList<>();
    long after = 0;
    for (boolean last = false; !last; ) {
      last = writing.getCount() == 0;
      LogPage page = storage().logs().read(job.tenant(), job.id(), after, LINES);
      page.lines().stream().map(StoredLine::position).forEach(positions::add);
      after = page.next();
    }
    return positions;
  }

  private static LogLine line(long seq) {
    return new LogLine(seq, LogLine.Stream.STDOUT, NOW, "line " + seq);
  }
}

package dev.muster.ports.out.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLimit;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.job.JobQueries.LogPage;
import dev.muster.ports.in.job.JobQueries.StoredLine;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What holds for the logs of jobs. */
public abstract class JobLogsContract extends JobStorageContract {
  private static final int ALL = 100;

  @Test
  void lines_are_read_as_they_were_written_in_order_of_arrival() {
    Job job = queued(tenant(PlanName.FREE));
    LogLine second = new LogLine(2, LogLine.Stream.STDERR, NOW.minusSeconds(1), "ü \"'\\ ☃ 𝄞\t");
    LogLine first = new LogLine(1, LogLine.Stream.SYSTEM, NOW, "");

    assertThat(append(job, 1, second)).isEqualTo(1);
    assertThat(append(job, 1, first)).isEqualTo(1);

    assertThat(read(job).lines())
        .containsExactly(new StoredLine(1, 1, second), new StoredLine(2, 1, first));
  }

  @Test
  void positions_go_on_over_attempts_and_sequences_begin_anew() {
    Job job = queued(tenant(PlanName.FREE));
    append(job, 1, line(1), line(2));

    assertThat(append(job, 2, line(1))).isEqualTo(1);

    assertThat(read(job).lines())
        .extracting(StoredLine::position, StoredLine::attempt)
        .containsExactly(at(1, 1), at(2, 1), at(3, 2));
  }

  @Test
  void a_repeated_sequence_is_ignored_and_a_gap_stays_visible() {
    Job job = queued(tenant(PlanName.FREE));
    append(job, 1, line(1), line(2));
    LogLine other = new LogLine(2, LogLine.Stream.STDOUT, NOW, "something else");

    assertThat(append(job, 1, other, line(5), line(5), line(1), line(4))).isEqualTo(2);

    assertThat(read(job).lines())
        .extracting(StoredLine::line)
        .containsExactly(line(1), line(2), line(5), line(4));
    assertThat(read(job).lines()).extracting(StoredLine::position).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void a_log_is_read_in_parts() {
    Job job = queued(tenant(PlanName.FREE));
    append(job, 1, LongStream.rangeClosed(1, 5).mapToObj(this::line).toArray(LogLine[]::new));
    JobLogs logs = storage().logs();

    LogPage first = logs.read(job.tenant(), job.id(), 0, 3);
    LogPage second = logs.read(job.tenant(), job.id(), first.next(), 3);
    LogPage third = logs.read(job.tenant(), job.id(), second.next(), 3);

    assertThat(first.lines()).extracting(StoredLine::position).containsExactly(1L, 2L, 3L);
    assertThat(first.next()).isEqualTo(3);
    assertThat(second.lines()).extracting(StoredLine::position).containsExactly(4L, 5L);
    assertThat(third.lines()).isEmpty();
    assertThat(third.next()).isEqualTo(second.next()).isEqualTo(5);
  }

  @Test
  void logs_are_apart_by_job_and_tenant() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = queued(tenant);
    Job neighbour = queued(tenant);
    append(job, 1, line(1));

    assertThat(append(neighbour, 1, line(1))).isEqualTo(1);
    assertThat(storage().logs().read(tenant(PlanName.FREE).id(), job.id(), 0, ALL).lines())
        .isEmpty();
    assertThat(storage().logs().append(tenant(PlanName.FREE).id(), job.id(), 1, List.of(line(2))))
        .isZero();
    assertThat(read(job).lines()).hasSize(1);
  }

  @Test
  void a_log_ends_once_and_visibly_at_its_most_lines() {
    Job job = queued(tenant(PlanName.FREE));
    LogLimit limit = new LogLimit(3, 1_000);

    assertThat(append(limit, job, 1, line(1), line(2))).isEqualTo(2);
    assertThat(append(limit, job, 1, line(2), line(3), line(4), line(5))).isEqualTo(1);
    assertThat(append(limit, job, 1, line(6))).isZero();
    assertThat(append(limit, job, 2, line(1))).isZero();

    assertThat(read(job).lines())
        .extracting(StoredLine::line)
        .containsExactly(line(1), line(2), line(3), limit.end(line(2).at()));
    assertThat(read(job).lines().getLast().position()).isEqualTo(4);
  }

  @Test
  void a_log_ends_at_its_most_bytes_and_what_would_still_fit_behind_is_not_kept() {
    Job job = queued(tenant(PlanName.FREE));
    LogLimit limit = new LogLimit(100, 10);
    LogLine wide = new LogLine(1, LogLine.Stream.STDOUT, NOW, "☃☃");
    LogLine tooLong = new LogLine(2, LogLine.Stream.STDOUT, NOW, "12345");
    LogLine small = new LogLine(3, LogLine.Stream.STDOUT, NOW, "1");

    assertThat(append(limit, job, 1, wide, tooLong, small)).isEqualTo(1);

    assertThat(read(job).lines())
        .extracting(StoredLine::line)
        .containsExactly(wide, limit.end(NOW));
  }

  @Test
  void a_log_may_be_as_long_as_its_limit() {
    Job job = queued(tenant(PlanName.FREE));
    LogLimit limit = new LogLimit(2, 12);

    assertThat(append(limit, job, 1, line(1), line(2))).isEqualTo(2);
    assertThat(append(limit, job, 1, line(1), line(2))).isZero();

    assertThat(read(job).lines()).hasSize(2);
  }

  @Test
  void nothing_is_kept_of_a_job_that_is_not_there() {
    Tenant tenant = tenant(PlanName.FREE);

    assertThat(storage().logs().append(tenant.id(), new JobId(id()), 1, List.of(line(1)))).isZero();
  }

  private LogLine line(long seq) {
    return new LogLine(seq, LogLine.Stream.STDOUT, NOW.plusMillis(seq), "line " + seq);
  }

  private int append(Job job, int attempt, LogLine... lines) {
    return storage().logs().append(job.tenant(), job.id(), attempt, List.of(lines));
  }

  private int append(LogLimit limit, Job job, int attempt, LogLine... lines) {
    return storage().logs(limit).append(job.tenant(), job.id(), attempt, List.of(lines));
  }

  private LogPage read(Job job) {
    return storage().logs().read(job.tenant(), job.id(), 0, ALL);
  }

  private static Tuple at(long position, int attempt) {
    return Tuple.tuple(position, attempt);
  }
}

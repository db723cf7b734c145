package dev.muster.domain.scheduling;

import static dev.muster.domain.scheduling.Queue.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueuePriorityTest {
  @ParameterizedTest
  @CsvSource({
    "LOW,0,250",
    "NORMAL,0,500",
    "HIGH,0,750",
    "CRITICAL,0,1000",
    "NORMAL,5,500",
    "NORMAL,6,501",
    "NORMAL,60,510",
    "NORMAL,2999,999",
    "NORMAL,3000,1000",
    "NORMAL,3001,1000",
    "LOW,604800,750",
    "NORMAL,-60,500"
  })
  void it_shows_whole_numbers(Priority priority, long secondsWaited, int shown) {
    assertThat(QueuePriority.shown(priority, NOW.minusSeconds(secondsWaited), NOW))
        .isEqualTo(shown);
  }

  @Test
  void a_moment_of_waiting_decides_where_the_whole_numbers_are_equal() {
    QueuedJob high = Queue.job(1, 1, Priority.HIGH, 0);
    QueuedJob elder = at(Queue.job(2, 2, Priority.NORMAL, 1500), -1);
    QueuedJob younger = at(Queue.job(3, 2, Priority.NORMAL, 1500), 1);

    assertThat(inOrder(List.of(younger, high, elder))).containsExactly(elder, high, younger);
  }

  @Test
  void equal_values_go_by_age_and_then_by_id() {
    QueuedJob high = Queue.job(1, 1, Priority.HIGH, 0);
    QueuedJob normal = Queue.job(3, 2, Priority.NORMAL, 1500);
    QueuedJob sameTime = Queue.job(2, 2, Priority.NORMAL, 1500);

    assertThat(inOrder(List.of(high, normal, sameTime))).containsExactly(sameTime, normal, high);
  }

  @Test
  void past_the_ceiling_the_elder_still_goes_first() {
    QueuedJob younger = Queue.job(1, 1, Priority.LOW, 3_600);
    QueuedJob elder = Queue.job(2, 1, Priority.LOW, 7_200);

    assertThat(inOrder(List.of(younger, elder))).containsExactly(elder, younger);
  }

  @Test
  void ids_compare_as_postgresql_compares_them() {
    List<QueuedJob> jobs = new ArrayList<>();
    for (String id :
        List.of(
            "7fffffff-ffff-ffff-ffff-ffffffffffff",
            "80000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-7fff-7fff-ffffffffffff",
            "ffffffff-ffff-7fff-8000-000000000000")) {
      jobs.addFirst(withId(UUID.fromString(id)));
    }

    assertThat(inOrder(jobs)).isSortedAccordingTo(Comparator.comparing(j -> j.id().toString()));
  }

  @Property
  void its_order_is_that_of_the_formula(@ForAll long seed, @ForAll @IntRange(max = 40) int count) {
    List<QueuedJob> jobs = new RandomQueue(seed).jobs(count);
    assertThat(inOrder(jobs)).isEqualTo(jobs.stream().sorted(formula()).toList());
  }

  @Property
  void ranks_order_as_it_does(@ForAll long seed, @ForAll @IntRange(max = 40) int count) {
    List<QueuedJob> jobs = new RandomQueue(seed).jobs(count);
    long now = EpochNanos.of(NOW);
    Comparator<QueuedJob> byRank =
        Comparator.comparing(
            job -> QueuePriority.rank(job.priority(), EpochNanos.of(job.queuedAt()), now));

    assertThat(inOrder(jobs)).isEqualTo(inOrder(jobs).stream().sorted(byRank).toList());
  }

  @Property
  void within_a_class_it_is_first_in_first_out_at_every_moment(
      @ForAll long seed, @ForAll @IntRange(max = 100_000) int secondsLater) {
    List<QueuedJob> jobs = new RandomQueue(seed).jobs(30);
    List<QueuedJob> inOrder =
        jobs.stream().sorted(QueuePriority.order(NOW.plusSeconds(secondsLater))).toList();

    Map<Priority, List<QueuedJob>> byClass =
        inOrder.stream().collect(Collectors.groupingBy(QueuedJob::priority));
    byClass
        .values()
        .forEach(ofClass ->
            assertThat(ofClass).isSortedAccordingTo(Comparator.comparing(QueuedJob::queuedAt)));
  }

  @Property
  void the_best_job_is_the_best_of_the_class_heads(@ForAll long seed) {
    List<QueuedJob> jobs = new RandomQueue(seed).jobs(30);
    Comparator<QueuedJob> fifo =
        Comparator.comparing(QueuedJob::queuedAt).thenComparing(job -> job.id().toString());
    List<QueuedJob> heads =
        jobs.stream().collect(Collectors.groupingBy(QueuedJob::priority)).values().stream()
            .map(ofClass -> ofClass.stream().min(fifo).orElseThrow())
            .toList();

    assertThat(inOrder(jobs).getFirst()).isEqualTo(inOrder(heads).getFirst());
  }

  @Property
  void what_it_shows_never_contradicts_its_order(@ForAll long seed) {
    List<QueuedJob> inOrder = inOrder(new RandomQueue(seed).jobs(30));

    assertThat(inOrder)
        .isSortedAccordingTo(
            Comparator.comparing(
                    (QueuedJob job) -> QueuePriority.shown(job.priority(), job.queuedAt(), NOW))
                .reversed());
  }

  private static List<QueuedJob> inOrder(List<QueuedJob> jobs) {
    return jobs.stream().sorted(QueuePriority.order(NOW)).toList();
  }

  private static QueuedJob at(QueuedJob job, long nanosLater) {
    return new QueuedJob(
        job.id(),
        job.tenant(),
        job.pool(),
        job.workerType(),
        job.priority(),
        job.requirements(),
        job.queuedAt().plusNanos(nanosLater));
  }

  private static QueuedJob withId(UUID id) {
    QueuedJob job = Queue.job(1, 1, Priority.NORMAL, 0);
    return new QueuedJob(
        new JobId(id),
        job.tenant(),
        job.pool(),
        job.workerType(),
        job.priority(),
        job.requirements(),
        job.queuedAt());
  }

  /** As the specification has it: the priority with real-valued minutes, the greater first. */
  private static Comparator<QueuedJob> formula() {
    return Comparator.comparing((QueuedJob job) -> value(job))
        .reversed()
        .thenComparing(QueuedJob::queuedAt)
        .thenComparing(job -> job.id().toString());
  }

  /** Sixty thousand million times {@code base + min(10 × minutes, 500)}: a whole number. */
  private static BigInteger value(QueuedJob job) {
    BigInteger minute = BigInteger.valueOf(60_000_000_000L);
    BigInteger waited = BigInteger.valueOf(Duration.between(job.queuedAt(), NOW).toNanos());
    return BigInteger.valueOf(job.priority().base())
        .multiply(minute)
        .add(waited.multiply(BigInteger.TEN).min(BigInteger.valueOf(500).multiply(minute)));
  }
}

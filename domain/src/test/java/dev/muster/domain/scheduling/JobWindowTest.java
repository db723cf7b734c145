package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JobWindowTest {
  private final JobWindow window = new JobWindow();
  private final TreeSet<QueuedJob> expected =
      new TreeSet<>(
          Comparator.comparing(QueuedJob::queuedAt).thenComparing(job -> job.id().toString()));

  @Property(tries = 300)
  void it_keeps_jobs_in_the_order_of_their_lane(@ForAll long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < 200; step++) {
      switch (random.nextInt(6)) {
        case 0 -> removeFirst();
        case 1 -> removeLast();
        case 2 -> remove(job(random));
        default -> add(job(random));
      }
      assertThat(ids()).isEqualTo(expected.stream().map(QueuedJob::id).toList());
    }
  }

  private void add(QueuedJob job) {
    window.add(job);
    expected.add(job);
  }

  private void remove(QueuedJob job) {
    window.remove(job);
    expected.remove(job);
  }

  private void removeFirst() {
    if (!expected.isEmpty()) {
      window.removeFirst();
      expected.removeFirst();
    }
  }

  private void removeLast() {
    if (!expected.isEmpty()) {
      window.removeLast();
      expected.removeLast();
    }
  }

  private List<JobId> ids() {
    List<JobId> ids = new ArrayList<>();
    for (int index = 0; index < window.size(); index++) {
      ids.add(window.id(index));
    }
    return ids;
  }

  /** Few moments and few ids, on both sides of where signed numbers turn. */
  private static QueuedJob job(Random random) {
    QueuedJob like = Queue.job(1, 1, Priority.NORMAL, random.nextInt(12));
    long high = random.nextBoolean() ? -1 : 1;
    return new QueuedJob(
        new JobId(new UUID(high, random.nextInt(-2, 2))),
        like.tenant(),
        like.pool(),
        like.workerType(),
        like.priority(),
        like.requirements(),
        like.queuedAt());
  }
}

package dev.muster.application.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.Course;
import dev.muster.domain.scheduling.Courses;
import dev.muster.domain.scheduling.Prospect;
import dev.muster.domain.scheduling.QueuePriority;
import dev.muster.domain.scheduling.World.Entry;
import dev.muster.domain.scheduling.World.Leased;
import dev.muster.domain.scheduling.World.Waiting;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.scheduling.QueueSnapshots.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lays down how jobs go, and takes no more of them than can be replayed: a job is looked at when it
 * starts, when it becomes due later, and twice for each retry. For one thread.
 */
final class ReplayedJobs {
  private static final int LOOKS_OF_A_RETRY = 2;

  private final Courses courses;
  private final Instant now;
  private int looksLeft;

  /**
   * Nothing taken yet.
   *
   * @param looks how many there may be in all
   */
  ReplayedJobs(Courses courses, Instant now, int looks) {
    this.courses = courses;
    this.now = now;
    this.looksLeft = looks;
  }

  /** All of them: what would come back beyond half of the looks is taken to complete instead. */
  List<Leased> leased(List<Held> all) {
    Map<JobId, Course> laid = courses.ofLeased(all.stream().map(Held::entry).toList());
    int most = looksLeft / 2;
    List<Leased> leased = new ArrayList<>();
    for (Held each : all) {
      Course course = of(laid, each.entry());
      int looks = course.retries() * LOOKS_OF_A_RETRY;
      boolean isCutShort = looks > most;
      most -= isCutShort ? 0 : looks;
      looksLeft -= isCutShort ? 0 : looks;
      leased.add(leased(each, isCutShort ? course.cutShort() : course));
    }
    return leased;
  }

  /** What has run for longer than it was assumed to is assumed to be done. */
  private Leased leased(Held held, Course course) {
    Duration rest = course.keeps(0).minus(Duration.between(held.since(), now));
    return new Leased(held.entry(), held.agent(), Prospect.atLeastShortest(rest), course);
  }

  /** As many as there are looks left for, of each tenant those that come first. */
  List<Waiting> waiting(List<Entry> all) {
    Map<JobId, Course> laid = courses.ofWaiting(all);
    Map<TenantId, Integer> looks = new HashMap<>();
    for (Entry each : all) {
      looks.merge(each.job().tenant(), looks(each, of(laid, each)), Integer::sum);
    }
    Map<TenantId, Integer> left = ReplaySize.of(looks, looksLeft);
    List<Waiting> taken = new ArrayList<>();
    for (Entry each : all.stream().sorted(firstFirst()).toList()) {
      Course course = of(laid, each);
      int rest = left.merge(each.job().tenant(), -looks(each, course), Integer::sum);
      if (rest >= 0) {
        taken.add(new Waiting(each, course));
      }
    }
    return taken;
  }

  private int looks(Entry entry, Course course) {
    return (entry.dueAt().isAfter(now) ? 2 : 1) + course.retries() * LOOKS_OF_A_RETRY;
  }

  private Comparator<Entry> firstFirst() {
    return Comparator.comparing((Entry each) -> each.dueAt().isAfter(now) ? each.dueAt() : now)
        .thenComparing(Entry::job, QueuePriority.order(now));
  }

  private static Course of(Map<JobId, Course> laid, Entry entry) {
    return Objects.requireNonNull(laid.get(entry.job().id()));
  }
}

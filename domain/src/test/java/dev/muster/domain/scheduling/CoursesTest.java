package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.scheduling.Prospect.Experience;
import dev.muster.domain.scheduling.World.Entry;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CoursesTest {
  private static final Duration RUN = Duration.ofSeconds(40);
  private static final Duration FAILS = Duration.ofSeconds(3);

  @Test
  void a_share_of_a_quarter_fails_each_fourth() {
    List<Entry> entries = entries("scan", 1, 16, 3);

    Map<JobId, Course> courses = courses(1, 0, 4).ofWaiting(entries);

    List<Integer> retries =
        entries.stream().map(each -> courseOf(courses, each).retries()).toList();
    assertThat(retries).containsExactly(0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
    assertThat(courses.values()).noneMatch(Course::lost);
  }

  @Test
  void nothing_fails_of_no_share_and_everything_of_a_whole_one() {
    List<Entry> entries = entries("scan", 1, 9, 3);

    assertThat(courses(0, 0, 7).ofWaiting(entries).values())
        .containsOnly(new Course(0, false, RUN, FAILS));
    assertThat(courses(7, 0, 7).ofWaiting(entries).values())
        .containsOnly(new Course(2, true, RUN, FAILS));
    assertThat(courses(7, 7, 7).ofWaiting(entries).values())
        .containsOnly(new Course(0, true, RUN, FAILS));
  }

  @Test
  void attempts_used_up_are_not_there_again_but_for_the_one_under_way() {
    List<Entry> tried = List.of(entry(1, "scan", 1, 2, 3));

    assertThat(courses(1, 0, 1).ofWaiting(tried).values())
        .containsExactly(new Course(0, true, RUN, FAILS));
    assertThat(courses(1, 0, 1).ofLeased(tried).values())
        .containsExactly(new Course(1, true, RUN, FAILS));
    assertThat(courses(1, 0, 1).ofWaiting(List.of(entry(1, "scan", 1, 3, 3))).values())
        .containsExactly(new Course(0, true, RUN, FAILS));
  }

  @Property
  void shares_hold_for_a_type_and_each_of_its_tenants(
      @ForAll @IntRange(min = 0, max = 10) int failed,
      @ForAll @IntRange(min = 1, max = 40) int jobs,
      @ForAll long order) {
    List<Entry> entries = new ArrayList<>(entries("scan", 1, jobs, 20));
    entries.addAll(entries("scan", 2, jobs, 20));
    entries.addAll(entries("report", 1, jobs, 20));
    Map<JobId, Course> inOrder = courses(failed, 0, 10).ofWaiting(entries);
    Collections.shuffle(entries, new Random(order));

    Map<JobId, Course> courses = courses(failed, 0, 10).ofWaiting(entries);

    assertThat(courses).isEqualTo(inOrder);
    for (int tenant = 1; tenant <= 2; tenant++) {
      TenantId id = Queue.tenant(tenant);
      List<Entry> its =
          entries.stream()
              .filter(each -> each.type().equals("scan") && each.job().tenant().equals(id))
              .toList();
      long failing =
          its.stream()
              .map(each -> courseOf(courses, each))
              .filter(each -> each.retries() > 0 || each.lost())
              .count();
      assertThat(failing * 10).isBetween(jobs * failed - 10L, jobs * failed + 10L);
    }
  }

  @Test
  void what_was_seen_is_assumed_unless_the_question_says_otherwise() {
    Experience seen = new Experience(8, 2, 1, RUN, FAILS);
    Duration assumed = Duration.ofSeconds(60);

    assertThat(Prospect.of(seen, assumed, null)).isEqualTo(new Prospect(2, 1, 8, RUN, FAILS));
    assertThat(Prospect.of(seen, assumed, 0.125))
        .isEqualTo(new Prospect(125_000, 0, 1_000_000, RUN, FAILS));
    assertThat(Prospect.of(null, assumed, null)).isEqualTo(new Prospect(0, 0, 1, assumed, assumed));
    assertThat(Prospect.of(new Experience(3, 3, 0, null, FAILS), assumed, null))
        .isEqualTo(new Prospect(3, 0, 3, assumed, FAILS));
    assertThat(Prospect.of(new Experience(3, 0, 0, RUN, null), assumed, 1.0).fails())
        .isEqualTo(RUN);
  }

  @Test
  void what_took_no_time_takes_some_and_what_is_no_share_is_a_bug() {
    assertThat(new Prospect(0, 0, 1, Duration.ZERO, Duration.ofSeconds(-1)))
        .isEqualTo(new Prospect(0, 0, 1, Duration.ofMillis(1), Duration.ofMillis(1)));
    assertThatThrownBy(() -> new Prospect(2, 0, 1, RUN, RUN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Courses courses(int failed, int fatal, int of) {
    return new Courses(type -> new Prospect(failed, fatal, of, RUN, FAILS));
  }

  private static Course courseOf(Map<JobId, Course> courses, Entry entry) {
    return courses.get(entry.job().id());
  }

  /** The eldest first. */
  private static List<Entry> entries(String type, int tenant, int count, int most) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i + 1_000 * tenant + (type.equals("scan") ? 0 : 10_000);
      entries.add(entry(number, type, tenant, 0, most));
    }
    return entries;
  }

  private static Entry entry(int number, String type, int tenant, int used, int most) {
    QueuedJob job = Queue.job(number, tenant, Priority.NORMAL, 100_000 - number);
    return new Entry(job, type, job.queuedAt(), ImaginedWorld.LONG, used, most);
  }
}

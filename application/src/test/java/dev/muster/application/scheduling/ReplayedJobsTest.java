package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.Courses;
import dev.muster.domain.scheduling.Prospect;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.World.Entry;
import dev.muster.domain.scheduling.World.Leased;
import dev.muster.domain.scheduling.World.Waiting;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.scheduling.QueueSnapshots.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How much of a queue a simulation takes. */
class ReplayedJobsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration RUN = Duration.ofSeconds(60);
  private static final int MOST_ATTEMPTS = 3;

  @Test
  void of_a_queue_that_is_too_long_each_tenant_is_replayed_alike() {
    Map<TenantId, Integer> queued =
        Map.of(tenant(0), 0, tenant(1), 3, tenant(2), 50, tenant(3), 900);

    assertThat(ReplaySize.of(queued, 63))
        .containsOnly(Map.entry(tenant(1), 3), Map.entry(tenant(2), 30), Map.entry(tenant(3), 30));
    assertThat(ReplaySize.of(queued, 20_000)).containsValues(3, 50, 900);
    assertThat(ReplaySize.of(queued, 1)).containsValues(1, 1, 1);
  }

  @Test
  void all_are_taken_where_there_are_looks_for_each() {
    List<Entry> entries = entries(1, 10);

    assertThat(jobs(0, 10).waiting(entries)).hasSize(10);
    assertThat(jobs(1, 50).waiting(entries)).hasSize(10);
  }

  @Test
  void what_is_tried_again_costs_more_looks_so_that_fewer_are_taken_of_each_tenant() {
    List<Entry> entries = new ArrayList<>(entries(1, 10));
    entries.addAll(entries(2, 10));
    entries.addAll(entries(3, 1));

    // Each starts, and twice comes back and starts.
    List<Waiting> taken = jobs(1, 45).waiting(entries);

    List<Entry> first = new ArrayList<>(entries.subList(0, 4));
    first.addAll(entries.subList(10, 14));
    first.add(entries.getLast());
    assertThat(taken).extracting(Waiting::entry).containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void what_is_due_is_taken_before_what_becomes_so_and_that_is_looked_at_twice() {
    Entry due = entry(1, 1, NOW);
    Entry soon = entry(2, 1, NOW.plusSeconds(5));
    Entry later = entry(3, 1, NOW.plusSeconds(9));

    assertThat(jobs(0, 4).waiting(List.of(later, soon, due)))
        .extracting(Waiting::entry)
        .containsExactly(due, soon);
  }

  @Test
  void what_agents_have_comes_back_for_no_more_than_half_of_the_looks() {
    List<Held> held =
        entries(1, 6).stream()
            .map(each -> new Held(tried(each), new AgentId(new UUID(3, 3)), NOW.minusSeconds(10)))
            .toList();
    ReplayedJobs jobs = jobs(1, 20);

    List<Leased> leased = jobs.leased(held);

    assertThat(leased)
        .extracting(each -> each.course().retries())
        .containsExactly(2, 2, 0, 0, 0, 0);
    assertThat(leased).extracting(Leased::rest).containsOnly(Duration.ofSeconds(50));
    // Eight looks are gone.
    assertThat(jobs.waiting(entries(2, 6))).hasSize(2);
  }

  @Test
  void what_has_run_for_longer_than_it_was_assumed_to_is_done() {
    Held held =
        new Held(tried(entry(1, 1, NOW)), new AgentId(new UUID(3, 3)), NOW.minusSeconds(100));

    assertThat(jobs(0, 20).leased(List.of(held)).getFirst().rest()).isEqualTo(Duration.ofMillis(1));
  }

  private static ReplayedJobs jobs(int failed, int looks) {
    return new ReplayedJobs(new Courses(type -> new Prospect(failed, 0, 1, RUN, RUN)), NOW, looks);
  }

  private static TenantId tenant(int number) {
    return new TenantId(new UUID(1, number));
  }

  /** The eldest first. */
  private static List<Entry> entries(int tenant, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry(1_000 * tenant + i, tenant, NOW.minusSeconds(count - i)));
    }
    return entries;
  }

  private static Entry entry(int number, int tenant, Instant dueAt) {
    QueuedJob job =
        new QueuedJob(
            new JobId(new UUID(2, number)),
            tenant(tenant),
            Pool.SHARED,
            "task",
            Priority.NORMAL,
            Requirements.of(Set.of(), Set.of(), null),
            dueAt);
    return new Entry(job, "scan", dueAt, Duration.ofDays(1), 0, MOST_ATTEMPTS);
  }

  private static Entry tried(Entry entry) {
    return new Entry(entry.job(), "scan", entry.dueAt(), Duration.ofDays(1), 1, MOST_ATTEMPTS);
  }
}

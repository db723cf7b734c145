package dev.muster.ports.out.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.scheduling.QueueOverview.Count;
import dev.muster.ports.in.scheduling.QueueOverview.Load;
import dev.muster.ports.in.scheduling.QueueOverview.OfCapability;
import dev.muster.ports.in.scheduling.QueueOverview.OfClass;
import dev.muster.ports.in.scheduling.QueueOverview.OfTenant;
import dev.muster.ports.in.scheduling.QueueOverview.Waits;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.out.scheduling.QueueStatistics.Oldest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for numbers over the queue. */
public abstract class QueueStatisticsContract extends JobStorageContract {
  private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));

  @Test
  void the_load_is_what_all_tenants_have_those_with_the_longest_queue_first() {
    Tenant one = tenant(PlanName.FREE);
    Tenant other = tenant(PlanName.PRO, Pool.DEDICATED);
    tenant(PlanName.FREE);
    leased(one, agent(5));
    queued(one);
    queued(other);
    queued(other);

    Load load = statistics().load(10);

    assertThat(load.queued()).isEqualTo(3);
    assertThat(load.running()).isEqualTo(1);
    assertThat(load.runningShared()).isEqualTo(1);
    assertThat(load.tenants())
        .containsExactly(
            new OfTenant(other.id(), other.slug(), 2, 0, 10),
            new OfTenant(one.id(), one.slug(), 1, 1, 2));
    assertThat(statistics().load(1).tenants()).hasSize(1);
    assertThat(statistics().load(0).queued()).isEqualTo(3);
  }

  @Test
  void the_oldest_due_job_of_each_pool_and_priority_is_found_over_all_tenants() {
    Tenant shared = tenant(PlanName.PRO);
    Tenant dedicated = tenant(PlanName.PRO, Pool.DEDICATED);
    queued(shared);
    Job oldest = queued(JobFixture.of(tenant(PlanName.PRO)).queuedAt(NOW.minusSeconds(9)).job());
    Job low = queued(JobFixture.of(shared).priority(Priority.LOW).job());
    Job own = queued(JobFixture.of(dedicated).queuedAt(NOW.minusSeconds(5)).job());
    queued(JobFixture.of(dedicated).delayedUntil(NOW.plusSeconds(60)).job());
    queued(JobFixture.of(tenant(PlanName.PRO, Pool.DEDICATED)).job());

    assertThat(statistics().oldest())
        .containsExactlyInAnyOrder(oldest(oldest), oldest(low), oldest(own));
  }

  private static Oldest oldest(Job job) {
    return new Oldest(job.pool(), job.spec().priority(), job.id(), job.tenant(), job.queuedAt());
  }

  @Test
  void what_waits_is_counted_by_pool_and_priority_and_by_capability() {
    Tenant shared = tenant(PlanName.PRO);
    queued(requiring(shared, "nuclei", "nmap"));
    queued(requiring(shared, "nmap"));
    queued(JobFixture.of(shared).delayedUntil(NOW.plusSeconds(60)).job());
    queued(JobFixture.of(shared).priority(Priority.HIGH).job());
    queued(tenant(PlanName.PRO, Pool.DEDICATED));
    leased(shared, agent(1));

    Count count = statistics().count(NOW, 10);

    assertThat(count.at()).isEqualTo(NOW);
    assertThat(count.classes())
        .containsExactlyInAnyOrder(
            new OfClass(Pool.SHARED, Priority.NORMAL, 3, 1),
            new OfClass(Pool.SHARED, Priority.HIGH, 1, 0),
            new OfClass(Pool.DEDICATED, Priority.NORMAL, 1, 0));
    assertThat(count.capabilities())
        .containsExactly(new OfCapability("nmap", 2), new OfCapability("nuclei", 1));
    assertThat(statistics().count(NOW, 1).capabilities())
        .containsExactly(new OfCapability("nmap", 2));
  }

  private static Job requiring(Tenant tenant, String... capabilities) {
    return JobFixture.of(tenant)
        .requires(Requirements.of(Set.of(capabilities), Set.of(), null))
        .job();
  }

  @Test
  void the_count_that_was_kept_last_is_found_as_it_was() {
    Count first =
        new Count(
            NOW,
            List.of(new OfClass(Pool.SHARED, Priority.LOW, 12, 3)),
            List.of(new OfCapability("b", 5), new OfCapability("a", 2)));
    Count empty = new Count(NOW.plusSeconds(1), List.of(), List.of());

    assertThat(statistics().kept()).isEmpty();
    statistics().keep(first);
    assertThat(statistics().kept()).contains(first);
    statistics().keep(empty);
    assertThat(statistics().kept()).contains(empty);
  }

  @Test
  void waits_are_from_being_due_to_being_given_to_an_agent() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(20);
    for (int seconds = 1; seconds <= 9; seconds++) {
      Job job = queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(seconds)).job());
      Job assigned = assign(job, agent, null).getFirst().job();
      if (seconds % 2 == 0) {
        complete(assigned);
      }
    }
    queued(tenant);

    assertThat(statistics().waits(HOUR_AGO, 100))
        .isEqualTo(
            new Waits(
                HOUR_AGO,
                9,
                Duration.ofSeconds(5),
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                Duration.ofSeconds(9)));
    assertThat(statistics().waits(HOUR_AGO, 2).starts()).isEqualTo(4);
  }

  @Test
  void what_was_given_earlier_or_never_counts_as_no_wait() {
    Tenant tenant = tenant(PlanName.PRO);
    leased(tenant, agent(1));
    Job cancelled = queued(tenant);
    replaced(cancelled, ended(cancelled, JobStatus.CANCELLED));
    Instant later = NOW.plusSeconds(1);

    assertThat(statistics().waits(later, 100))
        .isEqualTo(new Waits(later, 0, null, null, null, null));
  }

  private QueueStatistics statistics() {
    return storage().statistics();
  }
}

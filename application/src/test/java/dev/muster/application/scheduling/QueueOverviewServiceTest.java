package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.Specs;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.scheduling.QueueOverview.Count;
import dev.muster.ports.in.scheduling.QueueOverview.Front;
import dev.muster.ports.in.scheduling.QueueOverview.OfClass;
import dev.muster.ports.in.scheduling.QueueOverview.Overview;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class QueueOverviewServiceTest extends UseCaseTest {
  private final Tenant tenant = tenant(PlanName.PRO);

  @Test
  void a_short_queue_is_counted_when_somebody_asks() {
    queued(tenant);
    assigned(tenant, agent(1));
    pass(Duration.ofSeconds(1));

    Overview overview = overview();

    assertThat(overview.at()).isEqualTo(now());
    assertThat(overview.load().queued()).isEqualTo(1);
    assertThat(overview.load().running()).isEqualTo(1);
    assertThat(overview.count().at()).isEqualTo(now());
    assertThat(overview.count().classes())
        .containsExactly(new OfClass(Pool.SHARED, Priority.NORMAL, 1, 0));
    assertThat(overview.waits().starts()).isEqualTo(1);
  }

  @Test
  void priorities_are_those_of_now() {
    Job job = queued(tenant, Specs.of(Priority.HIGH));
    pass(Duration.ofMinutes(7));

    assertThat(overview().fronts())
        .containsExactly(
            new Front(Pool.SHARED, Priority.HIGH, job.id(), tenant.id(), job.queuedAt(), 750 + 70));
    pass(Duration.ofHours(9));
    assertThat(overview().fronts().getFirst().queuePriority()).isEqualTo(750 + 500);
  }

  @Test
  void a_long_queue_is_counted_by_the_sweep_and_not_for_each_who_asks() {
    fill();
    assertThat(in().sweeps().countQueue()).isPositive();
    Instant counted = now();
    queued(tenant);
    pass(QueueCounts.PERIOD);

    Overview overview = overview();

    assertThat(overview.load().queued()).isEqualTo(Installation.SHORT_QUEUE + 2);
    assertThat(overview.count().at()).isEqualTo(counted);
    assertThat(queuedIn(overview.count())).isEqualTo(Installation.SHORT_QUEUE + 1);
    in().sweeps().countQueue();
    assertThat(queuedIn(overview().count())).isEqualTo(Installation.SHORT_QUEUE + 2);
  }

  @Test
  void a_count_that_nobody_made_or_that_is_too_old_is_made_by_who_asks_and_kept() {
    fill();
    Instant first = now();
    assertThat(overview().count().at()).isEqualTo(first);
    pass(QueueCounts.PERIOD);
    assertThat(overview().count().at()).isEqualTo(first);

    pass(QueueCounts.PERIOD);

    assertThat(overview().count().at()).isEqualTo(now());
  }

  @Test
  void a_short_queue_gives_the_sweep_nothing_to_do() {
    queued(tenant);

    assertThat(in().sweeps().countQueue()).isZero();
    assertThat(ports().queueStatistics().kept()).isEmpty();
  }

  private Overview overview() {
    return in().overview().now(operator());
  }

  private static long queuedIn(Count count) {
    return count.classes().stream().mapToLong(OfClass::queued).sum();
  }

  private void fill() {
    for (int i = 0; i <= Installation.SHORT_QUEUE; i++) {
      queued(tenant);
    }
  }
}

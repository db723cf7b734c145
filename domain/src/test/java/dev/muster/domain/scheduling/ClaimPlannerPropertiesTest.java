package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.tenancy.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

class ClaimPlannerPropertiesTest {
  @Property(tries = 5_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void it_plans_what_the_rules_taken_word_by_word_plan(
      @ForAll long seed,
      @ForAll @IntRange(max = 24) int jobs,
      @ForAll @IntRange(max = 6) int seeking,
      @ForAll @IntRange(max = 3) int online) {
    RandomQueue random = new RandomQueue(seed);
    QueueView view = random.view(jobs, online);
    List<Seeker> seekers = random.seekers(0, seeking);

    List<Grant> plan = ClaimPlanner.plan(view, seekers);

    assertThat(plan).isEqualTo(ReferencePlanner.plan(view, seekers));
    // The comparison says nothing where nothing is ever granted.
    Statistics.label("has grants")
        .collect(!plan.isEmpty())
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 20));
  }

  @Property(tries = 2_000)
  void a_batch_is_the_same_as_that_many_single_grants(
      @ForAll long seed,
      @ForAll @IntRange(max = 24) int jobs,
      @ForAll @IntRange(min = 1, max = 6) int seeking) {
    RandomQueue random = new RandomQueue(seed);
    QueueView view = random.view(jobs, 2);
    List<Seeker> seekers = random.seekers(0, seeking);

    assertThat(ClaimPlanner.plan(view, seekers)).isEqualTo(oneByOne(view, seekers));
  }

  @Property(tries = 2_000)
  void no_cap_and_no_slot_is_passed_and_no_job_granted_twice(
      @ForAll long seed,
      @ForAll @IntRange(max = 60) int jobs,
      @ForAll @IntRange(max = 12) int seeking) {
    RandomQueue random = new RandomQueue(seed);
    QueueView view = random.view(jobs, 2);
    List<Seeker> seekers = random.seekers(0, seeking);

    List<Grant> plan = ClaimPlanner.plan(view, seekers);

    Map<TenantId, Integer> started = new HashMap<>();
    Map<Object, Integer> given = new HashMap<>();
    Set<Object> granted = new HashSet<>();
    for (Grant grant : plan) {
      started.merge(grant.tenant(), 1, Integer::sum);
      given.merge(grant.agent(), 1, Integer::sum);
      assertThat(granted.add(grant.job())).isTrue();
    }
    started.forEach(
        (tenant, count) -> assertThat(count).isLessThanOrEqualTo(view.loads().get(tenant).room()));
    for (Seeker seeker : seekers) {
      assertThat(given.getOrDefault(seeker.agent(), 0)).isLessThanOrEqualTo(seeker.slots());
    }
  }

  private static List<Grant> oneByOne(QueueView view, List<Seeker> seekers) {
    List<Grant> grants = new ArrayList<>();
    QueueView remaining = view;
    List<Seeker> left = seekers;
    while (true) {
      List<Grant> next = ClaimPlanner.plan(remaining, left);
      if (next.isEmpty()) {
        return grants;
      }
      grants.add(next.getFirst());
      remaining = without(remaining, next.getFirst());
      left = left.stream().map(seeker -> given(seeker, next.getFirst())).toList();
    }
  }

  private static QueueView without(QueueView view, Grant grant) {
    Map<TenantId, TenantLoad> loads = new HashMap<>(view.loads());
    loads.computeIfPresent(
        grant.tenant(),
        (tenant, load) -> new TenantLoad(tenant, load.slug(), load.running() + 1, load.cap()));
    return new QueueView(
        view.now(),
        loads,
        view.candidates().stream().filter(job -> !job.id().equals(grant.job())).toList(),
        view.online(),
        view.regionPatience());
  }

  private static Seeker given(Seeker seeker, Grant grant) {
    return seeker.agent().equals(grant.agent())
        ? new Seeker(
            seeker.agent(),
            seeker.tenant(),
            seeker.abilities(),
            seeker.workerType(),
            seeker.servesTenant(),
            seeker.wanted() - 1,
            seeker.leased() + 1,
            seeker.maxConcurrent())
        : seeker;
  }
}

package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.scheduling.Forecast.Ends;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for simulations of any world. */
class ImaginedHistoriesTest {
  private static final int TENANTS = 4;
  private static final Duration WEEK = Duration.ofDays(7);

  @Property(tries = 200)
  void where_nothing_fails_expires_or_is_delayed_only_slots_decide(@ForAll long seed) {
    World world = world(new SplittableRandom(seed), true);
    Map<JobId, Duration> waits = PlainReplay.waits(world, WEEK);

    Forecast forecast = ImaginedWorld.forecast(world, WEEK);

    assertThat(forecast.all()).isEqualTo(waits(world, waits, null));
    for (Forecast.OfTenant each : forecast.tenants()) {
      assertThat(each.waits()).isEqualTo(waits(world, waits, each));
      assertThat(each.ends().completed() + each.ends().notStarted()).isEqualTo(each.waits().jobs());
    }
  }

  private static Forecast.Waits waits(
      World world, Map<JobId, Duration> waits, Forecast.OfTenant tenant) {
    List<QueuedJob> jobs =
        world.queue().stream()
            .map(World.Waiting::job)
            .filter(job -> tenant == null || job.tenant().equals(tenant.tenant()))
            .toList();
    List<Duration> sorted =
        jobs.stream().map(job -> waits.get(job.id())).filter(Objects::nonNull).sorted().toList();
    return Forecast.Waits.of(
        jobs.size(), sorted, sorted.isEmpty() ? null : Queue.NOW.plus(sorted.getLast()));
  }

  @Property(tries = 300)
  void every_job_stands_in_one_way_at_the_horizon(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    World world = world(random, false);
    Duration horizon = Duration.ofSeconds(random.nextInt(1, 4_000));

    Forecast forecast = ImaginedWorld.forecast(world, horizon);

    assertThat(sum(forecast.ends())).isEqualTo(world.queue().size());
    Ends all = new Ends(0, 0, 0, 0, 0, 0);
    for (Forecast.OfTenant each : forecast.tenants()) {
      assertThat(sum(each.ends())).isEqualTo(each.waits().jobs());
      all = plus(all, each.ends());
      assertThat(each.waits().starts())
          .isBetween(
              each.ends().completed() + each.ends().failed() + each.ends().underWay(),
              each.waits().jobs() - each.ends().notStarted());
    }
    assertThat(all).isEqualTo(forecast.ends());
    assertThat(
            forecast.priorities().stream()
                .map(Forecast.OfPriority::ends)
                .reduce(new Ends(0, 0, 0, 0, 0, 0), ImaginedHistoriesTest::plus))
        .isEqualTo(all);
    assertThat(ImaginedWorld.forecast(world, horizon)).isEqualTo(forecast);
  }

  @Property(tries = 200)
  void as_many_fail_and_start_again_as_was_laid_down_where_all_have_the_time(@ForAll long seed) {
    World world = patient(world(new SplittableRandom(seed), false));

    Forecast forecast = ImaginedWorld.forecast(world, Duration.ofDays(365));

    assertThat(forecast.ends().expired()).isZero();
    assertThat(forecast.ends().notStarted()).isZero();
    assertThat(forecast.ends().failed())
        .isEqualTo((int) world.queue().stream().filter(each -> each.course().lost()).count());
    assertThat(forecast.ends().retries())
        .isEqualTo(world.queue().stream().mapToInt(each -> each.course().retries()).sum());
  }

  private static World patient(World world) {
    return new World(
        world.now(),
        world.tenants(),
        world.queue().stream()
            .map(each ->
                new World.Waiting(
                    new World.Entry(
                        each.job(), "scan", each.entry().dueAt(), ImaginedWorld.LONG, 0, 20),
                    each.course()))
            .toList(),
        world.agents(),
        world.leased());
  }

  private static int sum(Ends ends) {
    return ends.completed() + ends.failed() + ends.expired() + ends.underWay() + ends.notStarted();
  }

  private static Ends plus(Ends a, Ends b) {
    return new Ends(
        a.completed() + b.completed(),
        a.failed() + b.failed(),
        a.expired() + b.expired(),
        a.underWay() + b.underWay(),
        a.notStarted() + b.notStarted(),
        a.retries() + b.retries());
  }

  /** Some tenants with jobs, and an agent at least. */
  private static World world(SplittableRandom random, boolean plain) {
    ImaginedWorld world = new ImaginedWorld();
    for (int tenant = 1; tenant <= TENANTS; tenant++) {
      world.tenant(tenant, random.nextInt(1, 4), random.nextInt(1, 5));
    }
    int agents = random.nextInt(1, 4);
    for (int agent = 1; agent <= agents; agent++) {
      world.agent(agent, random.nextInt(2, 5));
    }
    world.runs(world.job(1, Priority.NORMAL, 900), 1, Duration.ofSeconds(9), course(random, plain));
    int jobs = random.nextInt(60);
    for (int i = 0; i < jobs; i++) {
      world.waits(entry(random, world, plain), course(random, plain));
    }
    return world.world();
  }

  private static World.Entry entry(SplittableRandom random, ImaginedWorld world, boolean plain) {
    int age = random.nextInt(plain ? 0 : -900, 900);
    Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
    QueuedJob job = world.job(random.nextInt(1, TENANTS + 1), priority, age);
    Duration timeout = plain ? ImaginedWorld.LONG : Duration.ofSeconds(random.nextInt(1, 3_000));
    return new World.Entry(job, "scan", job.queuedAt(), timeout, 0, 20);
  }

  private static Course course(SplittableRandom random, boolean plain) {
    Duration completes = Duration.ofSeconds(random.nextInt(1, 120));
    return plain
        ? ImaginedWorld.straight(completes)
        : new Course(
            random.nextInt(4),
            random.nextInt(3) == 0,
            completes,
            Duration.ofSeconds(random.nextInt(1, 60)));
  }
}

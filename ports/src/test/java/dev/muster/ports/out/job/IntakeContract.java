package dev.muster.ports.out.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.ports.out.job.Intake.Entrance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds where new jobs enter the queues. */
public abstract class IntakeContract extends JobStorageContract {
  private static final TraceParent TRACE =
      new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 3);
  private static final int FREE_QUEUE = PlanName.FREE.initial().maxQueueSize();

  @Test
  void a_job_is_found_as_it_was_added() {
    Tenant tenant = tenant(PlanName.PRO, Pool.DEDICATED);
    Job plain = JobFixture.of(tenant).job();
    Job job =
        new Job(
            plain.id(),
            tenant.id(),
            new JobSpec(
                "scan",
                Priority.CRITICAL,
                "{\"a\":  1, \"ü\": \"\\u0000\"}",
                Requirements.of(Set.of("nuclei", "L\\d,{a}p", "a\"b"), Set.of("nmap"), "eu-west-1"),
                WhenNoAgent.FAIL,
                7,
                Duration.ofSeconds(90),
                Duration.ofHours(100),
                NOW.plusSeconds(5),
                TRACE),
            Pool.DEDICATED,
            "special",
            JobStatus.FAILED,
            0,
            0,
            null,
            NOW.minusSeconds(1),
            NOW.plusSeconds(5),
            NOW.plusSeconds(7),
            null,
            null,
            null,
            NOW.plusSeconds(9),
            null,
            null,
            new JobError("no_agent_available", "nobody"),
            null,
            "user:grace");

    add(job);

    assertThat(storage().jobs().find(tenant.id(), job.id())).contains(job);
    assertThat(storage().jobs().lock(tenant.id(), job.id())).contains(job);
  }

  @Test
  void a_job_that_says_nothing_optional_is_found_as_it_was_added() {
    Job job = queued(tenant(PlanName.FREE));

    assertThat(stored(job)).isEqualTo(job);
  }

  @Test
  void an_entrance_tells_what_new_jobs_are_held_to() {
    Tenant tenant = tenant(PlanName.FREE);
    Tenant dedicated = tenant(PlanName.PRO, Pool.DEDICATED);
    queued(tenant);
    suspend(dedicated);
    TenantId nobody = new TenantId(id());

    Map<TenantId, Entrance> entrances = open(tenant.id(), dedicated.id(), nobody);

    assertThat(entrances)
        .containsOnly(
            Map.entry(
                tenant.id(), new Entrance(true, FREE_QUEUE - 1, Pool.SHARED, tenant.workerType())),
            Map.entry(
                dedicated.id(),
                new Entrance(
                    false,
                    PlanName.PRO.initial().maxQueueSize(),
                    Pool.DEDICATED,
                    dedicated.workerType())));
  }

  @Test
  void what_a_tenant_submits_that_works_inline_goes_to_the_workers_within_the_server() {
    Tenant tenant = tenant(PlanName.FREE, Pool.DEDICATED);
    storage().replace(with(tenant, WorkerMode.INLINE, 0, TenantStatus.ACTIVE));

    assertThat(open(tenant.id()))
        .containsOnly(
            Map.entry(tenant.id(), new Entrance(true, FREE_QUEUE, Pool.SHARED, Placement.INLINE)));
  }

  @Test
  void jobs_of_many_tenants_are_added_and_counted_at_once() {
    Tenant one = tenant(PlanName.FREE);
    Tenant other = tenant(PlanName.FREE);
    queued(one);
    List<Job> jobs =
        List.of(
            JobFixture.of(other).job(),
            JobFixture.of(one).job(),
            JobFixture.of(other).job(),
            JobFixture.of(other).delayedUntil(NOW.plusSeconds(1)).job());

    List<TenantStanding> standings = add(jobs.toArray(Job[]::new));

    assertThat(jobs).allSatisfy(job -> assertThat(stored(job)).isEqualTo(job));
    assertThat(standings)
        .extracting(
            TenantStanding::tenant, TenantStanding::slug, s -> s.queued(), s -> s.arrivals())
        .containsExactlyInAnyOrder(
            tuple(one.id(), one.slug(), 2, 2L), tuple(other.id(), other.slug(), 3, 2L));
    assertThat(open(one.id()).get(one.id()).room()).isEqualTo(FREE_QUEUE - 2);
    assertThat(open(other.id()).get(other.id()).room()).isEqualTo(FREE_QUEUE - 3);
  }

  @Test
  void a_job_stands_in_its_lane_when_it_is_available() {
    Tenant tenant = tenant(PlanName.FREE);
    Job now = JobFixture.of(tenant).delayedUntil(NOW).job();
    Job later = JobFixture.of(tenant).delayedUntil(NOW.plusNanos(1_000)).job();

    assertThat(add(now, later).getFirst().arrivals()).isEqualTo(1);

    assertThat(assign(now, agent(1), null)).hasSize(1);
    assertThat(assign(later, agent(1), null)).isEmpty();
  }

  @Test
  void a_job_that_has_ended_already_is_counted_nowhere() {
    Tenant tenant = tenant(PlanName.FREE);
    Job failed = ended(JobFixture.of(tenant).job(), JobStatus.FAILED);

    assertThat(add(failed)).isEmpty();

    assertThat(stored(failed)).isEqualTo(failed);
    assertThat(open(tenant.id()).get(tenant.id()).room()).isEqualTo(FREE_QUEUE);
  }

  @Test
  void a_job_that_leaves_the_queue_makes_room_in_it() {
    Tenant tenant = tenant(PlanName.FREE);
    Job waiting = queued(tenant);

    replaced(waiting, ended(waiting, JobStatus.CANCELLED));

    assertThat(open(tenant.id()).get(tenant.id()).room()).isEqualTo(FREE_QUEUE);
  }

  @Test
  void a_job_that_somebody_has_is_no_new_one() {
    Tenant tenant = tenant(PlanName.FREE);
    Job leased = JobFixture.of(tenant).job().assignedTo(agent(1).id(), NOW, NOW.plus(LEASE));

    assertThatThrownBy(() -> add(leased)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void what_is_undone_is_counted_nowhere() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = JobFixture.of(tenant).job();

    assertThatThrownBy(() ->
            storage()
                .transactions()
                .acrossTenants(() -> {
                  storage().intake().add(List.of(job), NOW);
                  throw new IllegalArgumentException("on purpose");
                }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(storage().jobs().find(tenant.id(), job.id())).isEmpty();
    assertThat(open(tenant.id()).get(tenant.id()).room()).isEqualTo(FREE_QUEUE);
    assertThat(add(job).getFirst().arrivals()).isEqualTo(1);
  }

  @Test
  void more_than_a_queue_takes_do_not_enter_it_whatever_was_seen_before() {
    Tenant tenant = tenant(PlanName.FREE);
    Tenant other = tenant(PlanName.FREE);
    List<Job> tooMany = new ArrayList<>(List.of(JobFixture.of(other).job()));
    Stream.generate(() -> JobFixture.of(tenant).job()).limit(FREE_QUEUE + 1L).forEach(tooMany::add);

    assertThatThrownBy(() -> add(tooMany.toArray(Job[]::new))).isInstanceOf(Intake.Overtaken.class);

    assertThat(storage().jobs().find(tenant.id(), tooMany.getLast().id())).isEmpty();
    assertThat(open(tenant.id()).get(tenant.id()).room()).isEqualTo(FREE_QUEUE);
    assertThat(open(other.id()).get(other.id()).room()).isEqualTo(FREE_QUEUE);
    tooMany.removeLast();
    assertThat(add(tooMany.toArray(Job[]::new))).hasSize(2);
  }

  @Test
  void nothing_enters_the_queue_of_a_tenant_that_was_suspended_meanwhile() {
    Tenant tenant = tenant(PlanName.FREE);
    suspend(tenant);

    assertThatThrownBy(() -> add(JobFixture.of(tenant).job())).isInstanceOf(Intake.Overtaken.class);

    assertThat(open(tenant.id()).get(tenant.id()).room()).isEqualTo(FREE_QUEUE);
  }

  private Map<TenantId, Entrance> open(TenantId... tenants) {
    Map<TenantId, Entrance> seen = storage().intake().look(List.of(tenants));
    assertThat(
            storage().transactions().acrossTenants(() -> storage().intake().lock(List.of(tenants))))
        .isEqualTo(seen);
    return seen;
  }

  private List<TenantStanding> add(Job... jobs) {
    return storage().transactions().acrossTenants(() -> storage().intake().add(List.of(jobs), NOW));
  }
}

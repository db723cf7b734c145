package dev.muster.ports.out.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Priority;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.scheduling.ByFormula;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for jobs over all tenants. */
public abstract class JobDirectoryContract extends JobStorageContract {
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final int MANY = 1000;

  @Test
  void a_job_is_known_by_its_id_alone() {
    Job job = queued(tenant(PlanName.FREE));

    assertThat(directory().tenantOf(job.id())).contains(job.tenant());
    assertThat(directory().tenantOf(new JobId(id()))).isEmpty();
  }

  @Test
  void lists_go_over_all_tenants_unless_one_is_named() {
    Tenant tenant = tenant(PlanName.FREE);
    Job one = queued(tenant);
    Job other = queued(tenant(PlanName.FREE));
    JobFilter ofTenant = new JobFilter(null, null, null, tenant.id());

    assertThat(directory().list(JobFilter.ALL, PageRequest.first()).items())
        .containsExactly(other, one);
    assertThat(directory().list(ofTenant, PageRequest.first()).items()).containsExactly(one);
  }

  @Test
  void an_agent_has_what_it_was_assigned_and_has_not_given_back() {
    Agent agent = agent(5);
    Job assigned = leased(tenant(PlanName.FREE), agent);
    Job other = leased(tenant(PlanName.FREE), agent);
    complete(leased(tenant(PlanName.FREE), agent));
    requeue(leased(tenant(PlanName.FREE), agent), NOW);
    leased(tenant(PlanName.FREE), agent(1));

    assertThat(directory().leasedTo(agent.id()))
        .containsExactlyInAnyOrder(ref(assigned), ref(other));
  }

  @Test
  void jobs_of_a_filter_are_counted_for_each_tenant_that_has_any() {
    Tenant tenant = tenant(PlanName.FREE);
    Tenant other = tenant(PlanName.FREE);
    queued(tenant);
    queued(tenant);
    queued(other);
    queued(JobFixture.of(other).type("sync").job());
    complete(leased(tenant(PlanName.FREE), agent(1)));
    JobFilter waiting = new JobFilter(JobStatus.QUEUED, "scan", null, null);

    assertThat(directory().count(waiting)).isEqualTo(Map.of(tenant.id(), 2, other.id(), 1));
    assertThat(directory().count(waiting.ofTenant(other.id()))).isEqualTo(Map.of(other.id(), 1));
  }

  @Test
  void a_lease_is_overdue_when_it_has_ended() {
    Job job = leased(tenant(PlanName.FREE), agent(1));
    Instant end = NOW.plus(LEASE);

    assertThat(directory().overdueLeases(end.minusMillis(1), GRACE, MANY)).isEmpty();
    assertThat(directory().overdueLeases(end, GRACE, MANY)).containsExactly(ref(job));
  }

  @Test
  void a_lease_is_overdue_when_the_run_timeout_has_ended() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = queued(JobFixture.of(tenant).runTimeout(Duration.ofSeconds(7)).job());
    assign(job, agent(1), null);
    Instant end = NOW.plusSeconds(7);

    assertThat(directory().overdueLeases(end.minusMillis(1), GRACE, MANY)).isEmpty();
    assertThat(directory().overdueLeases(end, GRACE, MANY)).containsExactly(ref(job));
  }

  @Test
  void a_lease_is_overdue_when_a_cancel_was_not_confirmed_in_time() {
    Job job = requestCancel(leased(tenant(PlanName.FREE), agent(1)), NOW.minusSeconds(30));
    Instant end = NOW.plusSeconds(30);

    assertThat(directory().overdueLeases(end.minusMillis(1), GRACE, MANY)).isEmpty();
    assertThat(directory().overdueLeases(end, GRACE, MANY)).containsExactly(ref(job));
  }

  @Test
  void what_has_no_lease_is_never_overdue_by_it() {
    Tenant tenant = tenant(PlanName.PRO);
    queued(tenant);
    complete(leased(tenant, agent(1)));
    requeue(leased(tenant, agent(1)), NOW);

    assertThat(directory().overdueLeases(NOW.plus(Duration.ofDays(8)), GRACE, MANY)).isEmpty();
  }

  @Test
  void sweeps_take_no_more_than_they_ask_for() {
    Tenant tenant = tenant(PlanName.PRO);
    for (int i = 0; i < 3; i++) {
      queued(tenant);
      leased(tenant, agent(1));
    }
    Instant farOff = NOW.plus(Duration.ofDays(8));

    assertThat(directory().overdueLeases(farOff, GRACE, 2)).hasSize(2);
    assertThat(directory().overdueInQueue(farOff, 2)).hasSize(2);
  }

  @Test
  void the_queue_timeout_counts_from_when_a_job_became_due() {
    Tenant tenant = tenant(PlanName.FREE);
    Duration patience = Duration.ofSeconds(50);
    Job waiting = queued(JobFixture.of(tenant).queueTimeout(patience).job());
    Job delayed =
        queued(JobFixture.of(tenant).queueTimeout(patience).delayedUntil(NOW.plusSeconds(9)).job());

    assertThat(directory().overdueInQueue(NOW.plusSeconds(49), MANY)).isEmpty();
    assertThat(directory().overdueInQueue(NOW.plusSeconds(50), MANY)).containsExactly(ref(waiting));
    assertThat(directory().overdueInQueue(NOW.plusSeconds(59), MANY))
        .containsExactlyInAnyOrder(ref(waiting), ref(delayed));
  }

  @Test
  void a_requeued_job_waits_anew_and_a_leased_one_does_not_wait() {
    Tenant tenant = tenant(PlanName.FREE);
    Job job = queued(JobFixture.of(tenant).queueTimeout(Duration.ofSeconds(50)).job());
    Job assigned = assign(job, agent(1), null).getFirst().job();

    assertThat(directory().overdueInQueue(NOW.plusSeconds(1000), MANY)).isEmpty();
    requeue(assigned, NOW.plusSeconds(100));
    assertThat(directory().overdueInQueue(NOW.plusSeconds(149), MANY)).isEmpty();
    assertThat(directory().overdueInQueue(NOW.plusSeconds(150), MANY)).containsExactly(ref(job));
  }

  @Test
  void a_delayed_job_is_promoted_once_when_its_time_comes() {
    Job job = queued(JobFixture.of(tenant(PlanName.FREE)).delayedUntil(NOW.plusSeconds(9)).job());
    Agent agent = agent(1);

    assertThat(directory().promoteDue(NOW.plusSeconds(8))).isZero();
    assertThat(assign(job, agent, null)).isEmpty();
    assertThat(directory().promoteDue(NOW.plusSeconds(9))).isEqualTo(1);
    assertThat(directory().promoteDue(NOW.plusSeconds(9))).isZero();
    assertThat(assign(job, agent, null)).hasSize(1);
  }

  @Test
  void a_requeued_job_waits_for_its_time_again() {
    Agent agent = agent(1);
    Job job = requeue(leased(tenant(PlanName.FREE), agent), NOW.plusSeconds(9));

    assertThat(assign(job, agent, null)).isEmpty();
    assertThat(directory().promoteDue(NOW.plusSeconds(9))).isEqualTo(1);
    assertThat(assign(job, agent, null)).hasSize(1);
  }

  @Test
  void a_job_whose_time_has_come_already_needs_no_promotion() {
    Agent agent = agent(1);
    Job job = requeue(leased(tenant(PlanName.FREE), agent), NOW);

    assertThat(directory().promoteDue(NOW.plusSeconds(9))).isZero();
    assertThat(assign(job, agent, null)).hasSize(1);
  }

  @Test
  void the_place_in_line_is_that_of_the_formula() {
    List<Tenant> tenants = List.of(tenant(PlanName.ENTERPRISE), tenant(PlanName.ENTERPRISE));
    Random random = new Random(20260329);
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      Priority priority = Priority.values()[random.nextInt(4)];
      jobs.add(
          queued(
              JobFixture.of(tenants.get(i % 2))
                  .priority(priority)
                  .queuedAt(someMoment(random))
                  .job()));
    }
    List<QueuedJob> line =
        jobs.stream().map(JobDirectoryContract::asPlanned).sorted(ByFormula.at(NOW)).toList();

    for (int i = 0; i < line.size(); i++) {
      Job job = stored(jobs, line.get(i).id());
      assertThat(position(job, NOW, MANY)).as("%s", job).contains(i + 1);
    }
    Job third = stored(jobs, line.get(2).id());
    assertThat(position(third, NOW, 3)).contains(3);
    assertThat(position(third, NOW, 2)).isEmpty();
  }

  /**
   * Some at the ceiling, some exactly on the steps at which classes meet, some by the microsecond.
   */
  private static Instant someMoment(Random random) {
    Instant ceiling = NOW.minus(Duration.ofMinutes(50));
    return switch (random.nextInt(4)) {
      case 0 -> ceiling.plusSeconds(1500L * (random.nextInt(6) - 3));
      case 1 -> NOW.minusSeconds(1500L * random.nextInt(3));
      case 2 -> ceiling.plus(random.nextInt(7) - 3, ChronoUnit.MICROS);
      default -> NOW.minusSeconds(random.nextInt(6000));
    };
  }

  @Test
  void each_pool_has_its_own_line() {
    Tenant shared = tenant(PlanName.FREE);
    Tenant own = tenant(PlanName.FREE, Pool.DEDICATED);
    Tenant otherOwn = tenant(PlanName.FREE, Pool.DEDICATED);
    List<Job> jobs = List.of(queued(shared), queued(own), queued(otherOwn));

    assertThat(jobs).allSatisfy(job -> assertThat(position(job, NOW, MANY)).contains(1));
  }

  @Test
  void new_jobs_have_their_places_behind_those_that_came_before_them_and_still_wait() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(5);
    Job gone = leased(tenant, agent);
    Job first = queued(tenant);
    Job second = queued(tenant);

    assertThat(directory().positionsOfNew(List.of(first, second), NOW, MANY))
        .containsOnly(Map.entry(first.id(), 1), Map.entry(second.id(), 2));

    assign(first, agent, null);
    Job third = queued(tenant);
    Job other = queued(tenant(PlanName.FREE, Pool.DEDICATED));
    assertThat(directory().positionsOfNew(List.of(second, third, other, gone), NOW, MANY))
        .containsOnly(
            Map.entry(second.id(), 1), Map.entry(third.id(), 2), Map.entry(other.id(), 1));
  }

  @Test
  void only_a_job_that_waits_and_is_due_has_a_place_in_line() {
    Tenant tenant = tenant(PlanName.FREE);
    Job delayed = queued(JobFixture.of(tenant).delayedUntil(NOW.plusSeconds(1)).job());
    Job assigned = leased(tenant, agent(1));

    assertThat(position(delayed, NOW, MANY)).isEmpty();
    assertThat(position(assigned, NOW, MANY)).isEmpty();
    assertThat(position(queued(tenant), NOW, MANY)).contains(1);
  }

  @Test
  void old_jobs_are_deleted_with_all_that_belongs_to_them() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(5);
    Job old = complete(leased(tenant, agent));
    Job alsoOld = complete(leased(tenant, agent));
    Job running = leased(tenant, agent);
    Job waiting = queued(tenant);
    LogLine line = new LogLine(1, LogLine.Stream.STDOUT, NOW, "text");
    storage().logs().append(tenant.id(), old.id(), 1, List.of(line));

    assertThat(directory().deleteEndedBefore(NOW, MANY)).isZero();
    assertThat(directory().deleteEndedBefore(NOW.plusSeconds(1), 1)).isEqualTo(1);
    assertThat(directory().deleteEndedBefore(NOW.plusSeconds(1), MANY)).isEqualTo(1);

    assertThat(List.of(old, alsoOld))
        .allSatisfy(job -> assertThat(storage().jobs().find(tenant.id(), job.id())).isEmpty());
    assertThat(storage().jobs().attempts(tenant.id(), old.id())).isEmpty();
    assertThat(storage().logs().read(tenant.id(), old.id(), 0, MANY).lines()).isEmpty();
    assertThat(stored(running).status()).isEqualTo(JobStatus.ASSIGNED);
    assertThat(stored(waiting).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void those_that_an_agent_has_are_told_as_they_are_now() {
    Agent agent = agent(5);
    Job leased = leased(tenant(PlanName.FREE), agent);
    Job ended = complete(leased(tenant(PlanName.FREE), agent));
    Job waiting = queued(tenant(PlanName.FREE));
    Job notAsked = leased(tenant(PlanName.FREE), agent);

    assertThat(directory().leased(List.of(ref(leased), ref(ended), ref(waiting))))
        .containsExactly(stored(leased))
        .doesNotContain(notAsked);
    assertThat(directory().leased(List.of())).isEmpty();
  }

  private Optional<Integer> position(Job job, Instant now, int most) {
    return Optional.ofNullable(directory().positions(List.of(job), now, most).get(job.id()));
  }

  private JobDirectory directory() {
    return storage().directory();
  }

  private static Job stored(List<Job> jobs, JobId id) {
    return jobs.stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
  }

  private static QueuedJob asPlanned(Job job) {
    return new QueuedJob(
        job.id(),
        job.tenant(),
        job.pool(),
        job.workerType(),
        job.spec().priority(),
        job.spec().requirements(),
        job.queuedAt());
  }
}

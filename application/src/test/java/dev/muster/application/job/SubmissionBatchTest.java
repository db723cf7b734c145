package dev.muster.application.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.muster.application.Specs;
import dev.muster.application.UseCaseTest;
import dev.muster.application.job.Submission.Taken;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.job.JobSubmission.Submitted;
import dev.muster.ports.in.scheduling.Wakeable;
import dev.muster.ports.out.Race;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SubmissionBatchTest extends UseCaseTest {
  private static final int FREE_QUEUE = PlanName.FREE.initial().maxQueueSize();

  private final Arrivals arrivals = new Arrivals();
  private final Tenant one = tenant(PlanName.FREE);
  private final Tenant other = tenant(PlanName.FREE, Pool.DEDICATED);

  {
    ports().wakeups().wake(arrivals);
  }

  @Test
  void requests_of_several_tenants_are_taken_in_one_transaction() {
    List<Outcome<Taken>> taken = take(of(one, Specs.plain()), of(other, Specs.plain()));

    Job first = only(taken.get(0));
    Job second = only(taken.get(1));
    assertThat(stored(first)).isEqualTo(first);
    assertThat(stored(second)).isEqualTo(second);
    assertThat(first.tenant()).isEqualTo(one.id());
    assertThat(second.pool()).isEqualTo(Pool.DEDICATED);
    assertThat(audited("job.submit"))
        .extracting(AuditEntry::tenant, entry -> entry.resource().id())
        .containsExactlyInAnyOrder(
            tuple(one.id(), first.id().toString()), tuple(other.id(), second.id().toString()));
  }

  @Test
  void who_has_no_room_is_refused_and_nobody_else_is() {
    in().plans().replace(operator(), new Plan(PlanName.FREE, 2, 1, 2));
    Tenant suspended = tenant(PlanName.PRO);
    suspend(suspended);

    List<Outcome<Taken>> taken =
        take(
            of(one, Specs.plain()),
            of(suspended, Specs.plain()),
            of(one, Specs.plain()),
            of(other, Specs.plain()));

    assertThat(only(taken.get(0)).tenant()).isEqualTo(one.id());
    assertRefused(taken.get(1), Code.TENANT_SUSPENDED);
    assertRefused(taken.get(2), Code.QUEUE_FULL);
    assertThat(only(taken.get(3)).tenant()).isEqualTo(other.id());
    assertThat(audited("job.submit")).hasSize(2);
  }

  @Test
  void a_request_whose_jobs_do_not_all_fit_takes_no_room_from_those_after_it() {
    List<JobSpec> tooMany = Collections.nCopies(FREE_QUEUE + 1, Specs.plain());
    List<JobSpec> all = Collections.nCopies(FREE_QUEUE, Specs.plain());

    List<Outcome<Taken>> taken =
        take(
            new Submission(member(one), tooMany, Set.of()),
            new Submission(member(one), all, Set.of()));

    assertRefused(taken.get(0), Code.QUEUE_FULL);
    assertThat(value(taken.get(1)).jobs()).hasSize(FREE_QUEUE);
  }

  @Test
  void jobs_of_a_moment_stand_in_the_order_in_which_they_were_named() {
    Tenant tenant = tenant(PlanName.ENTERPRISE);
    List<JobSpec> specs = Collections.nCopies(100, Specs.plain());

    List<Job> jobs = value(take(new Submission(member(tenant), specs, Set.of())).getFirst()).jobs();

    assertThat(jobs).extracting(job -> job.id().toString()).isSorted();
  }

  @Test
  void those_who_dispatch_hear_of_exactly_the_jobs_that_are_counted() {
    queued(one);
    arrivals.clear();

    List<Outcome<Taken>> taken =
        take(
            of(one, Specs.plain()),
            of(other, Specs.plain()),
            of(one, Specs.delayed(now().plusSeconds(1))),
            of(one, Specs.plain()));

    assertThat(arrivals.jobs())
        .containsExactlyInAnyOrder(
            only(taken.get(0)).id(), only(taken.get(1)).id(), only(taken.get(3)).id());
    assertThat(arrivals.counted(one)).containsExactly(3L);
    assertThat(arrivals.counted(other)).containsExactly(1L);
  }

  @Test
  void many_who_submit_at_once_fill_each_queue_and_no_queue_over() {
    List<Tenant> tenants = List.of(one, other, tenant(PlanName.FREE), tenant(PlanName.STARTER));
    JobSubmissionService submission = in().submission();
    int each = 60;

    List<Outcome<Submitted>> outcomes =
        Race.of(
            each * tenants.size(),
            n -> submission.submit(member(tenants.get(n % tenants.size())), Specs.plain()));

    Map<Tenant, Long> done =
        IntStream.range(0, outcomes.size())
            .filter(n -> outcomes.get(n) instanceof Outcome.Done<Submitted>)
            .boxed()
            .collect(
                Collectors.groupingBy(n -> tenants.get(n % tenants.size()), Collectors.counting()));
    tenants.forEach(tenant -> {
      long room = Math.min(each, tenant.plan().initial().maxQueueSize());
      assertThat(done).containsEntry(tenant, room);
      assertThat(arrivals.counted(tenant)).isSorted().endsWith(room);
    });
    assertThat(arrivals.jobs()).doesNotHaveDuplicates().hasSize(audited("job.submit").size());
    for (int n = 0; n < outcomes.size(); n++) {
      if (outcomes.get(n) instanceof Outcome.Done<Submitted>(Submitted submitted)) {
        assertThat(submitted.standing().job().tenant())
            .isEqualTo(tenants.get(n % tenants.size()).id());
      } else {
        assertRefused(outcomes.get(n), Code.QUEUE_FULL);
      }
    }
  }

  @Test
  void within_a_larger_transaction_a_job_is_there_when_that_commits_and_not_before() {
    Submitted submitted =
        ports()
            .transactions()
            .inTenant(
                one.id(),
                () -> {
                  Submitted done = value(in().submission().submit(member(one), Specs.plain()));
                  assertThat(arrivals.jobs()).isEmpty();
                  return done;
                });

    assertThat(submitted.position()).isEqualTo(1);
    assertThat(arrivals.jobs()).containsExactly(submitted.standing().job().id());
  }

  private Submission of(Tenant tenant, JobSpec spec) {
    return new Submission(member(tenant), List.of(spec), Set.of());
  }

  private List<Outcome<Taken>> take(Submission... submissions) {
    return new SubmissionBatch(
            ports().transactions(),
            ports().intake(),
            ports().wakeups(),
            in().auditing(),
            in().clock(),
            in().ids())
        .take(List.of(submissions));
  }

  private static Job only(Outcome<Taken> taken) {
    List<Job> jobs = value(taken).jobs();
    assertThat(jobs).hasSize(1);
    assertThat(jobs.getFirst().status()).isEqualTo(JobStatus.QUEUED);
    return jobs.getFirst();
  }

  /** Somebody who hears what arrives. */
  private static final class Arrivals implements Wakeable {
    private final List<QueuedJob> jobs = new CopyOnWriteArrayList<>();
    private final List<TenantStanding> standings = new CopyOnWriteArrayList<>();

    List<JobId> jobs() {
      return jobs.stream().map(QueuedJob::id).toList();
    }

    List<Long> counted(Tenant tenant) {
      return standings.stream()
          .filter(standing -> standing.tenant().equals(tenant.id()))
          .map(TenantStanding::arrivals)
          .toList();
    }

    void clear() {
      jobs.clear();
      standings.clear();
    }

    @Override
    public void jobsArrived(TenantStanding after, List<QueuedJob> arrived) {
      assertThat(arrived).isNotEmpty().allMatch(job -> job.tenant().equals(after.tenant()));
      standings.add(after);
      jobs.addAll(arrived);
    }

    @Override
    public void standingChanged(TenantStanding after) {}

    @Override
    public void jobsMayWait() {}

    @Override
    public void agentConcerned(AgentId agent) {}
  }
}

package dev.muster.ports.out.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Progress;
import dev.muster.domain.job.Transition;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.out.job.JobBatches.Holding;
import dev.muster.ports.out.job.JobChange.AttemptEnd;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for changing many jobs at once. */
public abstract class JobBatchesContract extends JobStorageContract {
  private static final Instant LATER = NOW.plusSeconds(5);
  private static final JobError ERROR = new JobError("broken", "it \"broke\" {here, \\there}");

  @Test
  void jobs_are_found_whoever_they_belong_to() {
    Job one = queued(tenant(PlanName.FREE));
    Job other = queued(tenant(PlanName.FREE));

    assertThat(storage().batches().find(List.of(other.id(), new JobId(id()), one.id())))
        .containsExactlyInAnyOrder(ref(one), ref(other));
    assertThat(storage().batches().find(List.of())).isEmpty();
  }

  @Test
  void jobs_are_locked_as_they_are_with_and_without_their_counters() {
    Tenant tenant = tenant(PlanName.PRO);
    Job leased = leased(tenant, agent(1));
    Job waiting = queued(tenant);
    Job others = leased(tenant(PlanName.FREE), agent(1));
    Ref nothing = new Ref(tenant.id(), new JobId(id()));
    Ref foreign = new Ref(tenant.id(), others.id());

    assertThat(
            storage()
                .batches()
                .lock(List.of(ref(leased), ref(waiting), nothing, ref(others), foreign)))
        .containsExactlyInAnyOrder(leased, waiting, others);
    assertThat(storage().batches().lock(List.of())).isEmpty();
  }

  @Test
  void who_ever_held_a_job_is_known() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent first = agent(1);
    Agent second = agent(1);
    Job job = leased(tenant, first);
    assign(requeue(job, NOW), second, null);
    Holding former = new Holding(ref(job), first.id());
    Holding present = new Holding(ref(job), second.id());
    Holding never = new Holding(ref(job), agent(1).id());
    Holding elsewhere = new Holding(new Ref(tenant(PlanName.FREE).id(), job.id()), first.id());

    assertThat(storage().batches().everHeld(List.of(never, former, elsewhere, present)))
        .isEqualTo(Set.of(former, present));
    assertThat(storage().batches().everHeld(List.of())).isEmpty();
  }

  @Test
  void many_jobs_are_replaced_at_once_each_by_what_became_of_it() {
    Tenant one = tenant(PlanName.PRO);
    Tenant other = tenant(PlanName.PRO);
    Agent agent = agent(10);
    List<JobChange> changes =
        List.of(
            completed(leased(one, agent)),
            started(leased(one, agent)),
            failed(leased(other, agent)),
            retried(leased(other, agent)));
    JobChange cancelled = cancellation(queued(one));
    JobChange asked = asked(leased(other, agent(1)));

    replace(changes);
    replace(List.of(cancelled, asked));

    for (JobChange change : changes) {
      assertThat(stored(change.before())).isEqualTo(change.after());
    }
    assertThat(stored(cancelled.before())).isEqualTo(cancelled.after());
    assertThat(stored(asked.before())).isEqualTo(asked.after());
  }

  @Test
  void what_became_of_the_attempts_is_noted_with_them() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(10);
    JobChange completed = completed(leased(tenant, agent));
    JobChange started = started(leased(tenant, agent));
    JobChange failed = failed(leased(tenant, agent));

    replace(List.of(completed, started, failed));

    assertThat(attempt(completed))
        .isEqualTo(new Attempt(1, agent.id(), NOW, null, LATER, Attempt.COMPLETED, null));
    assertThat(attempt(started))
        .isEqualTo(new Attempt(1, agent.id(), NOW, LATER, null, null, null));
    assertThat(attempt(failed))
        .isEqualTo(new Attempt(1, agent.id(), NOW, null, LATER, Attempt.FAILED, ERROR));
  }

  @Test
  void of_an_attempt_the_first_word_stays() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(10);
    Job job = leased(tenant, agent);
    Job back = job.after(new Transition.Requeue(NOW, true, Attempt.LEASE_LOST, ERROR), LATER);
    replace(List.of(new JobChange(job, back, NOW, new AttemptEnd(NOW, Attempt.LEASE_LOST, ERROR))));
    Job done = back.after(new Transition.End(JobStatus.COMPLETED, "{}", null), LATER);

    replace(
        List.of(new JobChange(back, done, LATER, new AttemptEnd(LATER, Attempt.COMPLETED, null))));

    assertThat(stored(job)).isEqualTo(done);
    assertThat(storage().jobs().attempts(tenant.id(), job.id()))
        .containsExactly(new Attempt(1, agent.id(), NOW, NOW, NOW, Attempt.LEASE_LOST, ERROR));
  }

  @Test
  void those_tenants_whose_counters_moved_stand_as_they_do_then() {
    Tenant one = tenant(PlanName.PRO);
    Tenant other = tenant(PlanName.PRO);
    Tenant still = tenant(PlanName.PRO);
    Agent agent = agent(10);
    JobChange first = completed(leased(one, agent));
    JobChange second = failed(leased(one, agent));
    leased(one, agent);
    JobChange back = retried(leased(other, agent));
    JobChange progress = started(leased(still, agent));

    List<TenantStanding> standings = replace(List.of(first, second, back, progress));

    assertThat(standings)
        .extracting(TenantStanding::tenant)
        .containsExactlyInAnyOrder(one.id(), other.id());
    assertThat(standing(standings, one).running()).isEqualTo(1);
    assertThat(standing(standings, one).queued()).isZero();
    assertThat(standing(standings, other).running()).isZero();
    assertThat(standing(standings, other).queued()).isEqualTo(1);
  }

  @Test
  void the_slots_of_the_agents_are_free_again() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent full = agent(2);
    Job first = leased(tenant, full);
    Job second = leased(tenant, full);
    assertThat(assign(queued(tenant), full, null)).isEmpty();

    replace(List.of(completed(first), started(second)));

    assertThat(assign(queued(tenant), full, null)).hasSize(1);
    assertThat(assign(queued(tenant), full, null)).isEmpty();
  }

  @Test
  void one_that_changed_meanwhile_undoes_them_all() {
    Tenant tenant = tenant(PlanName.FREE);
    Job first = leased(tenant, agent(1));
    Job second = leased(tenant, agent(1));
    JobChange late = failed(second);
    start(second);

    assertThatThrownBy(() -> replace(List.of(completed(first), late)))
        .isInstanceOf(IllegalStateException.class);

    assertThat(stored(first)).isEqualTo(first);
    assertThat(stored(second).status()).isEqualTo(JobStatus.RUNNING);
    assertThat(assign(queued(tenant), agent(1), null)).isEmpty();
  }

  @Test
  void nothing_is_replaced_in_another_attempt_than_was_decided_on() {
    Tenant tenant = tenant(PlanName.FREE);
    Agent agent = agent(1);
    Job first = leased(tenant, agent);
    Job second = assign(requeue(first, NOW), agent, null).getFirst().job();

    assertThatThrownBy(() -> replace(List.of(completed(first))))
        .isInstanceOf(IllegalStateException.class);

    assertThat(second.attempt()).isEqualTo(2);
    assertThat(stored(first)).isEqualTo(second);
  }

  @Test
  void nobody_gets_a_job_this_way() {
    Job waiting = queued(tenant(PlanName.FREE));
    Job leased = waiting.assignedTo(agent(1).id(), NOW, NOW.plus(LEASE));

    assertThatThrownBy(() -> replace(List.of(JobChange.of(waiting, leased))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(stored(waiting)).isEqualTo(waiting);
  }

  @Test
  void nothing_is_replaced_by_nothing() {
    assertThat(replace(List.of())).isEmpty();
  }

  private List<TenantStanding> replace(List<JobChange> changes) {
    return storage()
        .transactions()
        .acrossTenants(() -> {
          storage().batches().lock(changes.stream().map(c -> ref(c.before())).toList());
          return storage().batches().replace(changes);
        });
  }

  private static TenantStanding standing(List<TenantStanding> standings, Tenant tenant) {
    return standings.stream().filter(s -> s.tenant().equals(tenant.id())).findFirst().orElseThrow();
  }

  private Attempt attempt(JobChange change) {
    return storage().jobs().attempts(change.before().tenant(), change.before().id()).getLast();
  }

  private static JobChange completed(Job job) {
    return new JobChange(
        job,
        job.after(new Transition.End(JobStatus.COMPLETED, "{\"a\": \"{,}\\\"\"}", null), LATER),
        null,
        new AttemptEnd(LATER, Attempt.COMPLETED, null));
  }

  private static JobChange failed(Job job) {
    return new JobChange(
        job,
        job.after(new Transition.End(JobStatus.FAILED, null, ERROR), LATER),
        null,
        new AttemptEnd(LATER, Attempt.FAILED, ERROR));
  }

  private static JobChange retried(Job job) {
    Instant next = LATER.plusSeconds(10);
    return new JobChange(
        job,
        job.after(new Transition.Requeue(next, true, Attempt.FAILED, ERROR), LATER),
        null,
        new AttemptEnd(LATER, Attempt.FAILED, ERROR));
  }

  private static JobChange started(Job job) {
    Progress half = new Progress(50, "half, \"way\"");
    return new JobChange(job, job.after(new Transition.Start(half), LATER), LATER, null);
  }

  private static JobChange cancellation(Job job) {
    return JobChange.of(job, job.after(new Transition.End(JobStatus.CANCELLED, null, null), LATER));
  }

  private static JobChange asked(Job job) {
    return JobChange.of(job, job.cancelRequested(LATER));
  }
}

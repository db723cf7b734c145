package dev.muster.ports.out.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.job.Jobs.Enqueued;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for the jobs of a tenant. */
public abstract class JobsContract extends JobStorageContract {
  private static final int FREE_QUEUE = PlanName.FREE.initial().maxQueueSize();

  @Test
  void a_job_of_another_tenant_is_not_found() {
    Job job = queued(tenant(PlanName.FREE));
    Tenant other = tenant(PlanName.FREE);

    assertThat(storage().jobs().find(other.id(), job.id())).isEmpty();
    assertThat(storage().jobs().lock(other.id(), job.id())).isEmpty();
    assertThat(storage().jobs().attempts(other.id(), job.id())).isEmpty();
  }

  @Test
  void a_job_that_goes_back_never_meets_a_full_queue() {
    Tenant tenant = tenant(PlanName.FREE);
    Job assigned = leased(tenant, agent(1));
    fill(tenant);

    requeue(assigned, NOW);

    assertThat(stored(assigned).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(entered(JobFixture.of(tenant).job())).isFalse();
  }

  @Test
  void a_job_is_queued_again_by_a_person() {
    Tenant tenant = tenant(PlanName.FREE);
    Job done = complete(leased(tenant, agent(1)));
    Job again = done.after(new Transition.Renew(), NOW.plusSeconds(3));

    assertThat(storage().jobs().enqueueAgain(tenant.id(), done, again)).isEqualTo(Enqueued.YES);

    assertThat(stored(done)).isEqualTo(again);
  }

  @Test
  void a_retry_by_a_person_meets_a_full_queue_and_a_suspension() {
    Tenant tenant = tenant(PlanName.FREE);
    Job done = complete(leased(tenant, agent(1)));
    Job again = done.after(new Transition.Renew(), NOW);
    fill(tenant);

    assertThat(storage().jobs().enqueueAgain(tenant.id(), done, again))
        .isEqualTo(Enqueued.QUEUE_FULL);
    suspend(tenant);
    assertThat(storage().jobs().enqueueAgain(tenant.id(), done, again))
        .isEqualTo(Enqueued.TENANT_SUSPENDED);
    assertThat(stored(done)).isEqualTo(done);
  }

  @Test
  void two_retries_of_one_job_queue_it_once() {
    Tenant tenant = tenant(PlanName.FREE);
    Job done = complete(leased(tenant, agent(1)));
    Job again = done.after(new Transition.Renew(), NOW);
    for (int i = 1; i < FREE_QUEUE - 1; i++) {
      queued(tenant);
    }
    storage().jobs().enqueueAgain(tenant.id(), done, again);

    assertThat(storage().jobs().enqueueAgain(tenant.id(), done, again))
        .isEqualTo(Enqueued.CHANGED_MEANWHILE);

    queued(tenant);
    assertThat(entered(JobFixture.of(tenant).job())).isFalse();
  }

  @Test
  void jobs_are_listed_newest_first_page_by_page() {
    Tenant tenant = tenant(PlanName.PRO);
    List<Job> added = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      added.add(queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(i)).job()));
    }
    queued(tenant(PlanName.FREE));

    Page<Job> first = storage().jobs().list(tenant.id(), JobFilter.ALL, new PageRequest(3, null));
    Page<Job> second =
        storage().jobs().list(tenant.id(), JobFilter.ALL, new PageRequest(3, first.next()));

    List<Job> seen = new ArrayList<>(first.items());
    seen.addAll(second.items());
    assertThat(first.items()).hasSize(3);
    assertThat(seen).isEqualTo(added.reversed());
    assertThat(second.next()).isNull();
  }

  @Test
  void lists_are_filtered_by_each_field() {
    Tenant tenant = tenant(PlanName.PRO);
    Job scan = queued(tenant);
    Job high = queued(JobFixture.of(tenant).priority(Priority.HIGH).job());
    Job other = queued(JobFixture.of(tenant).type("sync").job());
    Job running = leased(tenant, agent(1));

    assertThat(listed(tenant, new JobFilter(JobStatus.ASSIGNED, null, null, null)))
        .containsExactly(running);
    assertThat(listed(tenant, new JobFilter(null, "sync", null, null))).containsExactly(other);
    assertThat(listed(tenant, new JobFilter(null, null, Priority.HIGH, null)))
        .containsExactly(high);
    assertThat(listed(tenant, new JobFilter(JobStatus.QUEUED, "scan", Priority.NORMAL, null)))
        .containsExactly(scan);
  }

  @Test
  void lists_are_filtered_by_how_and_when_jobs_ended_and_who_had_them() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(5);
    queued(tenant);
    Job full = failed(leased(tenant, agent(1)), "disk_full", NOW);
    Job lost = failed(leased(tenant, agent), "lease_lost", NOW.plusSeconds(1));
    Job later = failed(queued(tenant), "disk_full", NOW.plusSeconds(2));

    assertThat(listed(tenant, ending("disk_full", null, null, null))).containsExactly(later, full);
    assertThat(listed(tenant, ending(null, agent.id(), null, null))).containsExactly(lost);
    assertThat(listed(tenant, ending(null, null, NOW.plusSeconds(1), null)))
        .containsExactly(later, lost);
    assertThat(listed(tenant, ending(null, null, null, NOW.plusSeconds(1)))).containsExactly(full);
    assertThat(listed(tenant, ending("disk_full", null, NOW.plusSeconds(1), NOW.plusSeconds(3))))
        .containsExactly(later);
  }

  private Job failed(Job job, String errorClass, Instant at) {
    JobError error = new JobError(errorClass, "it broke");
    Job after = job.after(new Transition.End(JobStatus.FAILED, null, error), at);
    assertThat(replaced(job, after)).isTrue();
    return after;
  }

  private static JobFilter ending(
      @Nullable String errorClass,
      @Nullable AgentId agent,
      @Nullable Instant after,
      @Nullable Instant before) {
    return new JobFilter(null, null, null, null, errorClass, agent, after, before);
  }

  @Test
  void a_list_is_of_the_tenant_whatever_the_filter_says() {
    Tenant tenant = tenant(PlanName.FREE);
    Tenant other = tenant(PlanName.FREE);
    Job own = queued(tenant);
    queued(other);

    assertThat(listed(tenant, new JobFilter(null, null, null, other.id()))).containsExactly(own);
  }

  @Test
  void attempts_tell_who_tried() {
    Tenant tenant = tenant(PlanName.FREE);
    Agent first = agent(1);
    Agent second = agent(1);
    Job job = leased(tenant, first);
    assign(requeue(job, NOW), second, null);

    assertThat(storage().jobs().attempts(tenant.id(), job.id()))
        .containsExactly(
            new Attempt(1, first.id(), NOW, null, null, null, null),
            new Attempt(2, second.id(), NOW, null, null, null, null));
  }

  private void fill(Tenant tenant) {
    for (int i = 0; i < FREE_QUEUE; i++) {
      queued(tenant);
    }
  }

  private Job newest(Tenant tenant) {
    return listed(tenant, JobFilter.ALL).getFirst();
  }

  private List<Job> listed(Tenant tenant, JobFilter filter) {
    return storage().jobs().list(tenant.id(), filter, PageRequest.first()).items();
  }
}

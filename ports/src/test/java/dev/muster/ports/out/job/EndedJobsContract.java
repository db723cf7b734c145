package dev.muster.ports.out.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.job.EndedJobs.QueueRoom;
import dev.muster.ports.out.job.EndedJobs.Renewed;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds where many ended jobs are queued again at once. */
public abstract class EndedJobsContract extends JobStorageContract {
  private static final int FREE_QUEUE = PlanName.FREE.initial().maxQueueSize();
  private static final JobFilter FAILED = new JobFilter(JobStatus.FAILED, null, null, null);

  @Test
  void the_jobs_of_a_filter_are_counted_and_locked_oldest_first_for_one_tenant_only() {
    Tenant tenant = tenant(PlanName.FREE);
    Job first = failed(tenant, "disk_full");
    failed(tenant, "other");
    Job second = failed(tenant, "disk_full");
    failed(tenant(PlanName.FREE), "disk_full");
    queued(tenant);
    JobFilter wanted =
        new JobFilter(JobStatus.FAILED, null, null, null, "disk_full", null, null, null);

    assertThat(ended().count(tenant.id(), wanted)).isEqualTo(2);
    assertThat(ended().lock(tenant.id(), wanted, 10)).containsExactly(first, second);
    assertThat(ended().lock(tenant.id(), wanted, 1)).containsExactly(first);
  }

  @Test
  void a_filter_for_another_tenant_finds_nothing_of_it() {
    Tenant tenant = tenant(PlanName.FREE);
    Tenant other = tenant(PlanName.FREE);
    Job own = failed(tenant, "broken");
    failed(other, "broken");

    assertThat(ended().lock(tenant.id(), FAILED.ofTenant(other.id()), 10)).containsExactly(own);
    assertThat(ended().count(tenant.id(), FAILED.ofTenant(other.id()))).isEqualTo(1);
  }

  @Test
  void the_room_of_a_queue_is_what_its_plan_leaves() {
    Tenant tenant = tenant(PlanName.FREE);
    queued(tenant);
    failed(tenant, "broken");

    assertThat(ended().room(tenant.id())).isEqualTo(new QueueRoom(true, FREE_QUEUE - 1));
    suspend(tenant);
    assertThat(ended().room(tenant.id()).open()).isFalse();
  }

  @Test
  void renewed_jobs_are_stored_as_they_became_and_counted_into_the_queue() {
    Tenant tenant = tenant(PlanName.FREE);
    Job once = assign(queued(tenant), agent(1), null).getFirst().job();
    Job hadAnAgent = end(once, JobStatus.FAILED, new JobError("broken", "it broke"));
    Job cancelled = end(queued(tenant), JobStatus.CANCELLED, null);
    List<Renewed> renewed = renewed(NOW.plusSeconds(9), hadAnAgent, cancelled);

    assertThat(ended().enqueueAgain(tenant.id(), renewed)).isTrue();

    assertThat(renewed).allSatisfy(job -> assertThat(stored(job.before())).isEqualTo(job.after()));
    assertThat(ended().room(tenant.id())).isEqualTo(new QueueRoom(true, FREE_QUEUE - 2));
    assertThat(assign(hadAnAgent, agent(1), null).getFirst().job().attempt()).isEqualTo(2);
  }

  @Test
  void jobs_for_which_there_is_no_room_stay_as_they_are() {
    Tenant tenant = tenant(PlanName.FREE);
    List<Job> failed =
        Stream.generate(() -> failed(tenant, "broken")).limit(FREE_QUEUE + 1L).toList();
    List<Renewed> tooMany = renewed(NOW, failed.toArray(Job[]::new));

    assertThat(ended().enqueueAgain(tenant.id(), tooMany)).isFalse();

    assertThat(ended().count(tenant.id(), FAILED)).isEqualTo(FREE_QUEUE + 1);
    assertThat(entered(JobFixture.of(tenant).job())).isTrue();
  }

  @Test
  void a_job_that_changed_meanwhile_undoes_them_all() {
    Tenant tenant = tenant(PlanName.FREE);
    Job failed = failed(tenant, "broken");
    Job gone = failed(tenant, "broken");
    List<Renewed> renewed = renewed(NOW, failed, gone);
    ended().enqueueAgain(tenant.id(), renewed(NOW, gone));

    assertThatThrownBy(() -> ended().enqueueAgain(tenant.id(), renewed))
        .isInstanceOf(IllegalStateException.class);

    assertThat(stored(failed)).isEqualTo(failed);
    assertThat(ended().room(tenant.id()).free()).isEqualTo(FREE_QUEUE - 1);
  }

  private EndedJobs ended() {
    return storage().ended();
  }

  private static List<Renewed> renewed(Instant at, Job... jobs) {
    return Stream.of(jobs)
        .map(job -> new Renewed(job, job.after(JobLifecycle.onRetryByPerson(job), at)))
        .toList();
  }

  private Job failed(Tenant tenant, String errorClass) {
    return end(queued(tenant), JobStatus.FAILED, new JobError(errorClass, "it broke"));
  }

  private Job end(Job job, JobStatus status, JobError error) {
    Job after = job.after(new Transition.End(status, null, error), NOW);
    assertThat(replaced(job, after)).isTrue();
    return after;
  }
}

package dev.muster.domain.job;

import static dev.muster.domain.job.SampleJobs.AGENT;
import static dev.muster.domain.job.SampleJobs.OTHER_AGENT;
import static dev.muster.domain.job.SampleJobs.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobReportsTest {
  private static final JobError ERROR = new JobError("tool_failed", "exit code 3");
  private static final Instant LATER = START.plusSeconds(30);

  @Test
  void the_first_word_of_work_starts_an_assigned_job() {
    Progress progress = new Progress(5, "begun");

    assertThat(report(SampleJobs.assigned(3), new Report.Running(progress)))
        .isEqualTo(new Transition.Start(progress));
    assertThat(report(SampleJobs.running(3), new Report.Running(progress)))
        .isEqualTo(new Transition.Stay(progress));
  }

  @Test
  void a_result_completes_a_job_even_where_its_start_was_never_reported() {
    assertThat(report(SampleJobs.assigned(3), new Report.Completed("{}")))
        .isEqualTo(new Transition.End(JobStatus.COMPLETED, "{}", null));
  }

  @Test
  void a_stale_attempt_cannot_complete_a_job() {
    Job second = requeued(SampleJobs.running(3)).assignedTo(AGENT, LATER, LATER.plusSeconds(60));

    assertThat(on(second, 1, new Report.Completed("{}"))).isEqualTo(new Transition.Stale());
  }

  @Test
  void another_agent_cannot_complete_a_job() {
    assertThat(
            JobLifecycle.onReport(
                SampleJobs.running(3), OTHER_AGENT, 1, new Report.Completed("{}"), LATER, 0))
        .isEqualTo(new Transition.Stale());
  }

  @Test
  void the_newest_attempt_is_its_agents_until_the_next_or_a_person_takes_it_over() {
    Job job = SampleJobs.running(3);
    Job done = ended(job, new Report.Completed("{}"));
    Job failed = ended(job, new Report.Failed(ERROR, false));
    Job again = failed.after(JobLifecycle.onRetryByPerson(failed), LATER);

    assertThat(JobLifecycle.isNewestAttempt(job, AGENT, 1)).isTrue();
    assertThat(JobLifecycle.isNewestAttempt(done, AGENT, 1)).isTrue();
    assertThat(JobLifecycle.isNewestAttempt(job, AGENT, 2)).isFalse();
    assertThat(JobLifecycle.isNewestAttempt(job, OTHER_AGENT, 1)).isFalse();
    assertThat(JobLifecycle.isNewestAttempt(again, AGENT, 1)).isFalse();
    assertThat(JobLifecycle.isNewestAttempt(SampleJobs.queued(3), AGENT, 0)).isFalse();
  }

  @Test
  void nobody_can_report_a_job_that_was_never_assigned() {
    assertThat(
            JobLifecycle.onReport(
                SampleJobs.queued(3), AGENT, 0, new Report.Completed("{}"), LATER, 0))
        .isEqualTo(new Transition.Stale());
  }

  @Test
  void a_failure_that_may_be_retried_waits_before_the_next_attempt() {
    assertThat(report(SampleJobs.running(2), new Report.Failed(ERROR, true)))
        .isEqualTo(new Transition.Requeue(LATER.plusSeconds(10), true, "failed", ERROR));
  }

  @Test
  void a_failure_without_budget_ends_the_job_with_the_error_it_had() {
    assertThat(report(SampleJobs.running(1), new Report.Failed(ERROR, true)))
        .isEqualTo(new Transition.End(JobStatus.FAILED, null, ERROR));
  }

  @Test
  void a_failure_that_may_not_be_retried_ends_the_job_whatever_its_budget() {
    assertThat(report(SampleJobs.running(3), new Report.Failed(ERROR, false)))
        .isEqualTo(new Transition.End(JobStatus.FAILED, null, ERROR));
  }

  @Test
  void a_release_requeues_at_once_and_takes_no_attempt() {
    Job job = SampleJobs.running(1);

    Transition transition = report(job, new Report.Released());

    assertThat(transition).isEqualTo(new Transition.Requeue(LATER, false, "released", null));
    assertThat(job.after(transition, LATER).attemptsUsed()).isZero();
  }

  @Test
  void after_a_request_to_cancel_nothing_sends_the_job_back_to_the_queue() {
    Job job = SampleJobs.running(3).cancelRequested(START);

    assertThat(report(job, new Report.Failed(ERROR, true)))
        .isEqualTo(new Transition.End(JobStatus.CANCELLED, null, ERROR));
    assertThat(report(job, new Report.Released()))
        .isEqualTo(new Transition.End(JobStatus.CANCELLED, null, null));
    assertThat(report(job, new Report.Cancelled()))
        .isEqualTo(new Transition.End(JobStatus.CANCELLED, null, null));
  }

  @Test
  void work_that_was_done_before_the_cancel_arrived_still_counts() {
    Job job = SampleJobs.running(3).cancelRequested(START);

    assertThat(report(job, new Report.Completed("{}")))
        .isEqualTo(new Transition.End(JobStatus.COMPLETED, "{}", null));
    assertThat(report(job, new Report.Failed(ERROR, false)))
        .isEqualTo(new Transition.End(JobStatus.FAILED, null, ERROR));
  }

  @Test
  void the_newest_attempts_result_is_accepted_while_its_job_is_requeued() {
    Job job = requeued(SampleJobs.running(3));

    assertThat(report(job, new Report.Completed("{}")))
        .isEqualTo(new Transition.End(JobStatus.COMPLETED, "{}", null));
    assertThat(report(job, new Report.Failed(ERROR, false)))
        .isEqualTo(new Transition.End(JobStatus.FAILED, null, ERROR));
  }

  @Test
  void work_goes_on_for_nobody_who_has_lost_the_lease() {
    Job job = requeued(SampleJobs.running(3));

    assertThat(report(job, new Report.Running(null))).isEqualTo(new Transition.Stale());
    assertThat(report(job, new Report.Cancelled())).isEqualTo(new Transition.Stale());
  }

  @Test
  void a_repeated_report_that_requeued_the_job_is_answered_like_the_first() {
    Report failed = new Report.Failed(ERROR, true);
    Job waiting = SampleJobs.running(3).after(report(SampleJobs.running(3), failed), LATER);

    assertThat(report(waiting, failed)).isEqualTo(new Transition.Repeat());
    assertThat(report(requeued(SampleJobs.running(3)), new Report.Released()))
        .isEqualTo(new Transition.Repeat());
  }

  @Test
  void a_repeated_completion_with_the_same_content_is_answered_like_the_first() {
    Job done = ended(SampleJobs.running(3), new Report.Completed("{\"a\":1}"));

    assertThat(report(done, new Report.Completed("{\"a\":1}"))).isEqualTo(new Transition.Repeat());
    assertThat(report(done, new Report.Completed("{\"a\":2}"))).isEqualTo(new Transition.Stale());
    assertThat(report(done, new Report.Failed(ERROR, false))).isEqualTo(new Transition.Stale());
  }

  @Test
  void a_repeated_failure_or_cancel_is_answered_like_the_first() {
    Job failed = ended(SampleJobs.running(1), new Report.Failed(ERROR, true));
    Job cancelled = ended(SampleJobs.running(1).cancelRequested(START), new Report.Cancelled());

    assertThat(report(failed, new Report.Failed(ERROR, true))).isEqualTo(new Transition.Repeat());
    assertThat(report(failed, new Report.Failed(new JobError("other", ""), true)))
        .isEqualTo(new Transition.Stale());
    assertThat(report(cancelled, new Report.Cancelled())).isEqualTo(new Transition.Repeat());
    assertThat(report(cancelled, new Report.Completed("{}"))).isEqualTo(new Transition.Stale());
  }

  @Test
  void a_result_after_the_job_failed_for_lost_leases_is_too_late() {
    Job job = SampleJobs.running(1);
    Job failed = job.after(JobLifecycle.onLeaseLost(job, START.plusSeconds(60)), LATER);

    assertThat(report(failed, new Report.Completed("{}"))).isEqualTo(new Transition.Stale());
  }

  @Test
  void what_was_reported_before_a_person_retried_is_too_late() {
    Job failed = ended(SampleJobs.running(1), new Report.Failed(ERROR, false));
    Job again = failed.after(JobLifecycle.onRetryByPerson(failed), LATER);

    assertThat(report(again, new Report.Failed(ERROR, false))).isEqualTo(new Transition.Stale());
    assertThat(report(again, new Report.Completed("{}"))).isEqualTo(new Transition.Stale());
  }

  private static Transition report(Job job, Report report) {
    return on(job, job.attempt(), report);
  }

  private static Transition on(Job job, int attempt, Report report) {
    return JobLifecycle.onReport(job, AGENT, attempt, report, LATER, 0);
  }

  private static Job requeued(Job job) {
    Instant over = START.plusSeconds(60);
    return job.after(JobLifecycle.onLeaseLost(job, over), over);
  }

  private static Job ended(Job job, Report report) {
    Job ended = job.after(report(job, report), LATER);
    assertThat(ended.status().isFinal()).isTrue();
    return ended;
  }
}

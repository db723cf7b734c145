package dev.muster.server.tracing;

import static dev.muster.domain.job.SampleJobs.AGENT;
import static dev.muster.domain.job.SampleJobs.JOB;
import static dev.muster.domain.job.SampleJobs.START;
import static dev.muster.domain.job.SampleJobs.assignedInTrace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Progress;
import dev.muster.domain.job.Report;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.tracing.fake.FakeTracing;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TracedReportingTest {
  private static final TraceParent TRACE =
      new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1);
  private static final Caller CALLER =
      new Caller(
          new Principal.OfAgent(AGENT, new AgentName("a"), TenantId.SYSTEM, Set.of(), 0),
          new AuditEntry.Origin("127.0.0.1", null, "r"));

  private final FakeTracing tracing = new FakeTracing();

  private void report(Report report, Outcome<Job> outcome) {
    JobReporting answering =
        new JobReporting() {
          @Override
          public Outcome<Job> report(Caller caller, JobId job, int attempt, Report said) {
            return outcome;
          }

          @Override
          public List<Outcome<Job>> reportAll(Caller caller, List<AttemptReport> reports) {
            return reports.stream().map(each -> outcome).toList();
          }

          @Override
          public Outcome<Integer> log(Caller caller, JobId job, int attempt, List<LogLine> lines) {
            return Outcome.done(lines.size());
          }
        };
    var traced = new TracedReporting(answering, tracing, InstantSource.fixed(START));
    assertThat(traced.report(CALLER, JOB, 1, report)).isSameAs(outcome);
    assertThat(traced.reportAll(CALLER, List.of(new JobReporting.AttemptReport(JOB, 1, report))))
        .containsExactly(outcome);
    assertThat(traced.log(CALLER, JOB, 1, List.of())).isEqualTo(Outcome.done(0));
  }

  @Test
  void an_ending_is_told_once_a_report_in_the_jobs_trace_and_by_its_class_alone() {
    JobError error = new JobError("tool_failed", "s3cret");
    Job failed =
        assignedInTrace(TRACE).after(new Transition.End(JobStatus.FAILED, null, error), START);

    report(new Report.Failed(error, false), Outcome.done(failed));

    assertThat(tracing.ended()).hasSize(2);
    assertThat(tracing.ended().getFirst())
        .startsWith("job.report in " + TRACE)
        .contains("muster.job.status=failed")
        .contains("muster.job.id=" + JOB)
        .endsWith("failed: tool_failed")
        .doesNotContain("s3cret");
  }

  @Test
  void progress_is_not_told() {
    report(new Report.Running(new Progress(5, "s3cret")), Outcome.done(assignedInTrace(TRACE)));

    assertThat(tracing.ended()).isEmpty();
  }

  @Test
  void a_job_of_no_trace_and_a_report_that_is_refused_are_not_told() {
    report(new Report.Running(null), Outcome.done(assignedInTrace(null)));
    report(new Report.Running(null), Outcome.refused(Refusal.Code.LEASE_LOST, "too late"));

    assertThat(tracing.ended()).isEmpty();
  }
}

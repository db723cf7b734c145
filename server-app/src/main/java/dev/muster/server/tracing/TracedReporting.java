package dev.muster.server.tracing;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Report;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.tracing.Span;
import dev.muster.tracing.Tracing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * What agents report, as {@code job.report}: that a job has begun, and how it ended. Progress and
 * log lines are not traced, nor is what a job was submitted outside of any trace for. Thread-safe.
 */
public final class TracedReporting implements JobReporting {
  private final JobReporting reporting;
  private final Tracing tracing;
  private final InstantSource clock;

  /** Around a port. */
  public TracedReporting(JobReporting reporting, Tracing tracing, InstantSource clock) {
    this.reporting = reporting;
    this.tracing = tracing;
    this.clock = clock;
  }

  @Override
  public Outcome<Job> report(Caller caller, JobId job, int attempt, Report report) {
    Instant since = clock.instant();
    Outcome<Job> outcome = reporting.report(caller, job, attempt, report);
    note(report, outcome, since);
    return outcome;
  }

  @Override
  public List<Outcome<Job>> reportAll(Caller caller, List<AttemptReport> reports) {
    Instant since = clock.instant();
    List<Outcome<Job>> outcomes = reporting.reportAll(caller, reports);
    for (int i = 0; i < outcomes.size(); i++) {
      note(reports.get(i).report(), outcomes.get(i), since);
    }
    return outcomes;
  }

  @Override
  public Outcome<Integer> log(Caller caller, JobId job, int attempt, List<LogLine> lines) {
    return reporting.log(caller, job, attempt, lines);
  }

  private void note(Report report, Outcome<Job> outcome, Instant since) {
    boolean progress = report instanceof Report.Running running && running.progress() != null;
    if (!progress && outcome instanceof Outcome.Done<Job>(Job job) && job.spec().trace() != null) {
      Span span = JobSpan.begin(tracing, "job.report", job, since);
      if (job.error() instanceof JobError error) {
        span.failed(error.errorClass());
      }
      span.end(clock.instant());
    }
  }
}

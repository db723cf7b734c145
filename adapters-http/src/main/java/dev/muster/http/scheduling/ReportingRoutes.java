package dev.muster.http.scheduling;

import dev.muster.domain.access.Action;
import dev.muster.domain.job.JobId;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.wire.scheduling.ReportCalls;
import java.util.List;
import java.util.stream.Stream;

/** How agents say what became of their jobs. */
public final class ReportingRoutes {
  private static final int RESULT_MIB = ReportCalls.REPORT_BYTES >> 20;
  private static final int BATCH_MIB = ReportCalls.BATCH_BYTES >> 20;

  private final ReportCalls calls;

  /** Routes to a port. */
  public ReportingRoutes(JobReporting reporting) {
    this.calls = new ReportCalls(reporting);
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return Stream.of("/api/v1/platform-agent/jobs", "/api/v1/agent/jobs")
        .flatMap(this::routes)
        .toList();
  }

  private Stream<Route> routes(String jobs) {
    return Stream.of(
        Route.of(
                Method.POST,
                jobs + "/{id}/status",
                Action.JOB_REPORT,
                Audience.AGENTS,
                this::report)
            .withBodyOfMib(RESULT_MIB),
        Route.of(Method.POST, jobs + "/{id}/logs", Action.JOB_LOG, Audience.AGENTS, this::log)
            .withBodyOfMib(BATCH_MIB),
        Route.of(Method.POST, jobs + "/status", Action.JOB_REPORT, Audience.AGENTS, this::batch)
            .withBodyOfMib(BATCH_MIB));
  }

  private Answer report(Request request, Caller caller) {
    var job = new JobId(request.id("id"));
    return Answer.ok(calls.report(caller, job, request.body().json()));
  }

  private Answer log(Request request, Caller caller) {
    var job = new JobId(request.id("id"));
    return Answer.ok(calls.log(caller, job, request.body().json()));
  }

  private Answer batch(Request request, Caller caller) {
    return Answer.ok(calls.reportAll(caller, request.body().json()));
  }
}

package dev.muster.http.scheduling;

import dev.muster.domain.access.Action;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.http.json.Json;
import dev.muster.http.problem.Outcomes;
import dev.muster.http.problem.Rejection;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobReporting;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** How agents say what became of their jobs. */
public final class ReportingRoutes {
  private static final int RESULT_MIB = 4;
  private static final int BATCH_MIB = 8;

  private final JobReporting reporting;

  /** Routes to a port. */
  public ReportingRoutes(JobReporting reporting) {
    this.reporting = reporting;
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
    return Answer.ok(ReportJson.of(report(caller, job, request.read(ReportJson.REPORT))));
  }

  private Answer log(Request request, Caller caller) {
    var job = new JobId(request.id("id"));
    var lines = request.read(ReportJson.LINES);
    int accepted = Outcomes.valueOf(reporting.log(caller, job, lines.attempt(), lines.lines()));
    return Answer.ok(Json.object().put("accepted", accepted));
  }

  /** Each is answered for itself: one that is refused spoils no other. */
  private Answer batch(Request request, Caller caller) {
    var reports = request.read(ReportJson.BATCH);
    var outcomes = reporting.reportAll(caller, reports);
    var json = Json.object();
    var results = json.putArray("results");
    for (int i = 0; i < reports.size(); i++) {
      results.add(outcome(reports.get(i).job(), outcomes.get(i)));
    }
    return Answer.ok(json);
  }

  private static ObjectNode outcome(JobId job, Outcome<Job> outcome) {
    var json = Json.object().put("id", job.toString());
    try {
      json.set("job", ReportJson.of(Outcomes.valueOf(outcome)));
      return json.put("status", 200).putNull("code");
    } catch (Rejection rejection) {
      var code = rejection.problem().code();
      return json.putNull("job").put("status", code.status()).put("code", code.code());
    }
  }

  private Job report(Caller caller, JobId job, ReportJson.OfAttempt report) {
    return Outcomes.valueOf(reporting.report(caller, job, report.attempt(), report.report()));
  }
}

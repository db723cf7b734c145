package dev.muster.wire.scheduling;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Json;
import dev.muster.wire.problem.Outcomes;
import dev.muster.wire.problem.Rejection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How agents say what became of their jobs. Thread-safe. */
public final class ReportCalls {
  /** The most bytes of a report, with its result. */
  public static final int REPORT_BYTES = 4 << 20;

  /** The most bytes of several reports, or of log lines. */
  public static final int BATCH_BYTES = 8 << 20;

  private final JobReporting reporting;

  /** Calls of a port. */
  public ReportCalls(JobReporting reporting) {
    this.reporting = reporting;
  }

  /** Takes what one job has come to. */
  public ObjectNode report(Caller caller, JobId job, JsonNode document) {
    var said = Fields.read(document, ReportJson.REPORT);
    return ReportJson.of(
        Outcomes.valueOf(reporting.report(caller, job, said.attempt(), said.report())));
  }

  /** Takes lines of a job's log. */
  public ObjectNode log(Caller caller, JobId job, JsonNode document) {
    var lines = Fields.read(document, ReportJson.LINES);
    int accepted = Outcomes.valueOf(reporting.log(caller, job, lines.attempt(), lines.lines()));
    return Json.object().put("accepted", accepted);
  }

  /** Takes what several jobs have come to, each for itself: one refused spoils no other. */
  public ObjectNode reportAll(Caller caller, JsonNode document) {
    var reports = Fields.read(document, ReportJson.BATCH);
    var outcomes = reporting.reportAll(caller, reports);
    var json = Json.object();
    var results = json.putArray("results");
    for (int i = 0; i < reports.size(); i++) {
      results.add(outcome(reports.get(i).job(), outcomes.get(i)));
    }
    return json;
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
}

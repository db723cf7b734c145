package dev.muster.http.job;

import dev.muster.domain.access.Action;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.Reason;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobExplanations;
import dev.muster.ports.in.job.JobExplanations.Explained;
import dev.muster.wire.json.Json;
import dev.muster.wire.problem.Outcomes;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Why a job waits, as whoever submitted it sees it. */
public final class JobExplanationRoutes {
  private final JobExplanations explanations;

  /** Routes to a port. */
  public JobExplanationRoutes(JobExplanations explanations) {
    this.explanations = explanations;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return JobRoutes.NAMES.stream()
        .map(jobs ->
            Route.of(
                Method.GET,
                jobs + "/{id}/explain",
                Action.JOB_EXPLAIN,
                Audience.USERS,
                this::explain))
        .toList();
  }

  private Answer explain(Request request, Caller caller) {
    var explained = Outcomes.valueOf(explanations.explain(caller, new JobId(request.id("id"))));
    return Answer.ok(json(explained));
  }

  private static ObjectNode json(Explained explained) {
    var job = explained.standing().job();
    var json =
        Json.object()
            .put("job_id", job.id().toString())
            .put("status", job.status().wireName())
            .put("as_of", Json.time(explained.asOf()))
            .put("queue_priority", explained.standing().queuePriority())
            .put("position", explained.position())
            .put("expires_at", Json.time(explained.expiresAt()));
    var reasons = json.putArray("reasons");
    explained.reasons().forEach(reason -> reasons.add(json(reason)));
    return json;
  }

  private static ObjectNode json(Reason reason) {
    return Json.object()
        .put("code", reason.code().wireName())
        .put("detail", reason.text())
        .put("until", Json.time(reason.until()));
  }
}

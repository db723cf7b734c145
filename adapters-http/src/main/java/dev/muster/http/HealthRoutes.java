package dev.muster.http;

import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.wire.json.Json;
import dev.muster.wire.problem.Refusals;
import dev.muster.wire.problem.Rejection;
import java.util.List;

/** Whether the process lives, and whether it should be sent work. */
final class HealthRoutes {
  private final Readiness readiness;
  private final Stopping stopping;

  HealthRoutes(Readiness readiness, Stopping stopping) {
    this.readiness = readiness;
    this.stopping = stopping;
  }

  List<Route> routes() {
    return List.of(
        Route.open(Method.GET, "/healthz", "probes have no credential", this::live),
        Route.open(Method.GET, "/readyz", "probes have no credential", this::ready));
  }

  private Answer live(Request request) {
    return Answer.ok(Json.object().put("status", "ok"));
  }

  private Answer ready(Request request) {
    if (stopping.hasBegun()) {
      throw new Rejection(Refusals.unavailable("The server is stopping."));
    }
    var missing = readiness.missing();
    if (!missing.isEmpty()) {
      throw new Rejection(Refusals.unavailable("Not ready: " + String.join(", ", missing) + "."));
    }
    var json = Json.object().put("status", "ready");
    var warnings = readiness.warnings();
    if (!warnings.isEmpty()) {
      json.set("warnings", Json.strings(warnings));
    }
    return Answer.ok(json);
  }
}

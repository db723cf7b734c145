package dev.muster.http.fleet;

import dev.muster.domain.access.Action;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.in.fleet.SigningRenewal;
import dev.muster.wire.fleet.HeartbeatCalls;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Rejection;
import java.util.List;

/** How agents keep themselves present. */
public final class PresenceRoutes {
  private final HeartbeatCalls calls;

  /** Routes to ports. */
  public PresenceRoutes(Presence presence, Declarations declarations, SigningRenewal renewal) {
    this.calls = new HeartbeatCalls(presence, declarations, renewal);
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        heartbeat("/api/v1/platform-agent/heartbeat"),
        heartbeat("/api/v1/agent/heartbeat"),
        Route.of(
            Method.POST,
            "/api/v1/agents/{id}/heartbeat",
            Action.AGENT_HEARTBEAT,
            Audience.AGENTS,
            this::named));
  }

  private Route heartbeat(String path) {
    return Route.of(Method.POST, path, Action.AGENT_HEARTBEAT, Audience.AGENTS, this::heartbeat);
  }

  private Answer heartbeat(Request request, Caller caller) {
    return Answer.ok(calls.heartbeat(caller, request.body().jsonOrEmpty()));
  }

  private Answer named(Request request, Caller caller) {
    if (!request.id("id").equals(caller.agent().value())) {
      throw Rejection.of(ProblemCode.NOT_THE_CALLER, "An agent speaks for itself only.");
    }
    return heartbeat(request, caller);
  }
}

package dev.muster.http.scheduling;

import dev.muster.domain.access.Action;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.LeasedJobTokens;
import dev.muster.wire.scheduling.ClaimCalls;
import java.util.List;
import java.util.stream.Stream;

/** How agents take jobs. */
public final class DispatchRoutes {
  private final ClaimCalls calls;

  /** Routes to ports. */
  public DispatchRoutes(JobDispatch dispatch, LeasedJobTokens tokens, Declarations declarations) {
    this.calls = new ClaimCalls(dispatch, tokens, declarations);
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return Stream.of("/api/v1/platform-agent", "/api/v1/agent")
        .map(agent -> agent + "/jobs/claim")
        .map(p -> Route.of(Method.POST, p, Action.JOB_CLAIM, Audience.AGENTS, this::claim))
        .toList();
  }

  private Answer claim(Request request, Caller caller) {
    return Answer.ok(calls.claim(caller, request.body().jsonOrEmpty()));
  }
}

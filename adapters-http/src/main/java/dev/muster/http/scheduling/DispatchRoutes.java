package dev.muster.http.scheduling;

import dev.muster.domain.access.Action;
import dev.muster.http.problem.Outcomes;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import java.util.List;
import java.util.stream.Stream;

/** How agents take jobs. */
public final class DispatchRoutes {
  private final JobDispatch dispatch;

  /** Routes to a port. */
  public DispatchRoutes(JobDispatch dispatch) {
    this.dispatch = dispatch;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return Stream.of("/api/v1/platform-agent", "/api/v1/agent")
        .map(agent -> agent + "/jobs/claim")
        .map(p -> Route.of(Method.POST, p, Action.JOB_CLAIM, Audience.AGENTS, this::claim))
        .toList();
  }

  private Answer claim(Request request, Caller caller) {
    var claim = request.readIfAny(ClaimJson.CLAIM);
    try {
      return Answer.ok(ClaimJson.of(Outcomes.valueOf(dispatch.claim(caller, claim))));
    } catch (InterruptedException e) {
      // The server is being cut off; an empty answer costs the agent nothing but another poll.
      Thread.currentThread().interrupt();
      return Answer.ok(ClaimJson.of(Claimed.NOTHING));
    }
  }
}

package dev.muster.http.scheduling;

import dev.muster.domain.access.Action;
import dev.muster.domain.credential.Secret;
import dev.muster.http.problem.Outcomes;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import dev.muster.ports.in.scheduling.LeasedJobTokens;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How agents take jobs. */
public final class DispatchRoutes {
  private final JobDispatch dispatch;
  private final LeasedJobTokens tokens;
  private final Declarations declarations;

  /** Routes to ports. */
  public DispatchRoutes(JobDispatch dispatch, LeasedJobTokens tokens, Declarations declarations) {
    this.dispatch = dispatch;
    this.tokens = tokens;
    this.declarations = declarations;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return Stream.of("/api/v1/platform-agent", "/api/v1/agent")
        .map(agent -> agent + "/jobs/claim")
        .map(p -> Route.of(Method.POST, p, Action.JOB_CLAIM, Audience.AGENTS, this::claim))
        .toList();
  }

  /** Before the claim, which may wait, and is answered by what the agent can do by then. */
  private Optional<Secret> declared(Caller caller, ClaimJson.Asked asked) {
    return asked.agent() == null
        ? Optional.empty()
        : Outcomes.valueOf(declarations.declare(caller, asked.agent().of(caller)));
  }

  private Answer claim(Request request, Caller caller) {
    var asked = request.readIfAny(ClaimJson.CLAIM);
    var updateKey = declared(caller, asked);
    try {
      var claimed = Outcomes.valueOf(dispatch.claim(caller, asked.claim()));
      var json = ClaimJson.of(claimed, asked.jobTokens() ? tokens : null);
      updateKey.ifPresent(key -> json.put("update_key", key.reveal()));
      return Answer.ok(json);
    } catch (InterruptedException e) {
      // The server is being cut off; an empty answer costs the agent nothing but another poll.
      Thread.currentThread().interrupt();
      return Answer.ok(ClaimJson.of(Claimed.NOTHING, null));
    }
  }
}

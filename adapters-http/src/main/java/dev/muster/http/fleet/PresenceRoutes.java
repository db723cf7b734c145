package dev.muster.http.fleet;

import dev.muster.domain.access.Action;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.JobId;
import dev.muster.http.document.DeclarationShape;
import dev.muster.http.document.DeclarationShape.Declared;
import dev.muster.http.document.Words;
import dev.muster.http.json.Json;
import dev.muster.http.json.Kind;
import dev.muster.http.json.Kinds;
import dev.muster.http.json.Shape;
import dev.muster.http.problem.Outcomes;
import dev.muster.http.problem.ProblemCode;
import dev.muster.http.problem.Rejection;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.in.fleet.Presence.ActiveJob;
import dev.muster.ports.in.fleet.Presence.Heartbeat;
import dev.muster.ports.in.fleet.SigningRenewal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How agents keep themselves present. */
public final class PresenceRoutes {
  private static final int MOST_JOBS = 1_000;

  private static final Kind<ActiveJob> ACTIVE_JOB =
      Kinds.object(in -> {
        var id = in.required("id", Kinds.uuid().as(JobId::new));
        var attempt = in.required("attempt", Kinds.integer(1, Integer.MAX_VALUE));
        return () -> new ActiveJob(id.get(), attempt.get());
      });

  private static final Shape<Said> HEARTBEAT =
      in -> {
        var jobs = in.optional("active_jobs", Kinds.list(ACTIVE_JOB, MOST_JOBS));
        var version = in.optional("version", Words.VERSION);
        var draining = in.optional("draining", Kinds.bool());
        var agent = in.optional("agent", DeclarationShape.PART);
        return () ->
            new Said(
                new Heartbeat(jobs.orNull(), version.orNull(), draining.orNull()), agent.orNull());
      };

  /** A heartbeat, and what the agent says of itself with it, or null. */
  private record Said(Heartbeat heartbeat, @Nullable Declared agent) {}

  private final Presence presence;
  private final Declarations declarations;
  private final SigningRenewal renewal;

  /** Routes to ports. */
  public PresenceRoutes(Presence presence, Declarations declarations, SigningRenewal renewal) {
    this.presence = presence;
    this.declarations = declarations;
    this.renewal = renewal;
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
    var said = request.readIfAny(HEARTBEAT);
    var updateKey =
        said.agent() == null
            ? Optional.<Secret>empty()
            : Outcomes.valueOf(declarations.declare(caller, said.agent().of(caller)));
    var json = json(Outcomes.valueOf(presence.heartbeat(caller, said.heartbeat())));
    updateKey.ifPresent(key -> json.put("update_key", key.reveal()));
    renewal.due(caller).ifPresent(secret -> json.put("signing_secret", secret.reveal()));
    return Answer.ok(json);
  }

  private Answer named(Request request, Caller caller) {
    if (!request.id("id").equals(caller.agent().value())) {
      throw Rejection.of(ProblemCode.NOT_THE_CALLER, "An agent speaks for itself only.");
    }
    return heartbeat(request, caller);
  }

  private static ObjectNode json(Presence.Answer answer) {
    var json = Json.object().put("status", "ok");
    json.set("cancel", ids(answer.cancel()));
    json.set("lost", ids(answer.lost()));
    json.put("next_heartbeat_seconds", answer.nextHeartbeatSeconds());
    return json;
  }

  private static ArrayNode ids(List<JobId> jobs) {
    return Json.strings(jobs.stream().map(JobId::toString).toList());
  }
}

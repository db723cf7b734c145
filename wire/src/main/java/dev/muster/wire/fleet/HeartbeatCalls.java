package dev.muster.wire.fleet;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.JobId;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.in.fleet.Presence.ActiveJob;
import dev.muster.ports.in.fleet.Presence.Heartbeat;
import dev.muster.ports.in.fleet.SigningRenewal;
import dev.muster.wire.document.DeclarationShape;
import dev.muster.wire.document.DeclarationShape.Declared;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Outcomes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How agents say that they are alive. Thread-safe. */
public final class HeartbeatCalls {
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

  /** Calls of ports. */
  public HeartbeatCalls(Presence presence, Declarations declarations, SigningRenewal renewal) {
    this.presence = presence;
    this.declarations = declarations;
    this.renewal = renewal;
  }

  /** Takes a sign of life, and answers what the agent has to do because of it. */
  public ObjectNode heartbeat(Caller caller, JsonNode document) {
    var said = Fields.read(document, HEARTBEAT);
    var updateKey =
        said.agent() == null
            ? Optional.<Secret>empty()
            : Outcomes.valueOf(declarations.declare(caller, said.agent().of(caller)));
    var json = json(Outcomes.valueOf(presence.heartbeat(caller, said.heartbeat())));
    updateKey.ifPresent(key -> json.put("update_key", key.reveal()));
    renewal.due(caller).ifPresent(secret -> json.put("signing_secret", secret.reveal()));
    return json;
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

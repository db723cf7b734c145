package dev.muster.http.update;

import dev.muster.domain.access.Action;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.http.route.Watch;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.update.AgentUpdates;
import dev.muster.ports.in.update.AgentUpdates.Artifact;
import dev.muster.ports.in.update.AgentUpdates.Offered;
import dev.muster.ports.in.update.AgentUpdates.Result;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Outcomes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What agents are offered, fetch, and say of it. */
public final class UpdateRoutes {
  private static final String UPDATE = "/api/v1/platform-agent/update";

  private static final Shape<Result> RESULT =
      in -> {
        var sequence = in.required("sequence", Kinds.wholeNumber(1, Long.MAX_VALUE));
        var outcome = in.required("outcome", Kinds.oneOf(UpdateOutcome.class));
        var cause = in.optional("cause", Words.ERROR_CLASS);
        in.optional("version", Words.VERSION);
        return () -> new Result(sequence.get(), outcome.get(), cause.or(""));
      };

  private final AgentUpdates updates;

  /** Routes to a port. */
  public UpdateRoutes(AgentUpdates updates) {
    this.updates = updates;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return Stream.of(UPDATE, "/api/v1/agent/update")
        .flatMap(path ->
            Stream.of(
                route(Method.GET, path, Action.UPDATE_GET, this::offer),
                route(Method.GET, path + "/{sequence}/artifact", Action.UPDATE_GET, this::artifact),
                route(Method.POST, path + "/result", Action.UPDATE_REPORT, this::report)))
        .toList();
  }

  private static Route route(Method method, String path, Action action, Handler handler) {
    return Route.of(method, path, action, Audience.AGENTS, handler);
  }

  private Answer offer(Request request, Caller caller) {
    var json = Json.object();
    Outcomes.valueOf(updates.offer(caller))
        .ifPresentOrElse(offered -> json.set("offer", offer(offered)), () -> json.putNull("offer"));
    return Answer.ok(json);
  }

  private static ObjectNode offer(Offered offered) {
    var json = Json.object();
    json.put("text", offered.offer().text());
    json.put("signature", offered.offer().signature());
    json.put("publisher_signature", offered.offer().publisherSignature());
    json.put("artifact", UPDATE + "/" + offered.sequence() + "/artifact");
    return json;
  }

  private Answer artifact(Request request, Caller caller) {
    var artifact = Outcomes.valueOf(updates.artifact(caller, request.number("sequence")));
    return new Answer.Stream(
        200,
        Map.of("Content-Length", Long.toString(artifact.length())),
        "application/octet-stream",
        out -> write(artifact, request.watch(), out));
  }

  /** A piece is a mebibyte or so; between them it is asked whether the agent may still have it. */
  static void write(Artifact artifact, Watch watch, OutputStream out) throws IOException {
    try {
      artifact
          .writer()
          .accept((bytes, length) -> {
            try {
              out.write(bytes, 0, length);
              if (!watch.pause(Duration.ZERO)) {
                throw new IOException("who reads this may no longer");
              }
            } catch (IOException gone) {
              throw new UncheckedIOException(gone);
            }
          });
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
  }

  private Answer report(Request request, Caller caller) {
    var result = Outcomes.valueOf(updates.report(caller, request.read(RESULT)));
    var json = Json.object();
    json.put("sequence", result.sequence());
    json.put("outcome", result.outcome().wireName());
    return Answer.ok(json);
  }
}

package dev.muster.http.enrolment;

import dev.muster.domain.access.Action;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.Hints;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.PoolStanding;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Outcomes;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The pool of shared agents that register themselves, and its platform key. */
public final class SharedAgentPoolRoutes {
  private static final String POOL = "/api/v1/admin/shared-agent-pool";
  private static final String OLD_NAME = "/api/shared-agent-pool";
  private static final int MOST_REPLICAS = 100_000;
  private static final int MOST_GRACE_HOURS = 24;
  private static final int USUAL_GRACE_HOURS = 1;

  private static final Shape<Hints> HINTS =
      in -> {
        var least = in.optional("min_replicas", Kinds.integer(0, MOST_REPLICAS));
        var most = in.optional("max_replicas", Kinds.integer(0, MOST_REPLICAS));
        var cpu = in.optional("cpu_target_pct", Kinds.integer(1, 100));
        return () -> {
          var hints = new Hints(least.orNull(), most.orNull(), cpu.orNull());
          if (least.orNull() != null && most.orNull() != null && least.get() > most.get()) {
            throw new IllegalArgumentException("min_replicas must be at most max_replicas");
          }
          return hints;
        };
      };

  private static final Shape<Duration> GRACE =
      in -> {
        var hours = in.optional("grace_hours", Kinds.integer(0, MOST_GRACE_HOURS));
        return () -> Duration.ofHours(hours.or(USUAL_GRACE_HOURS));
      };

  private final SharedAgentPoolAdministration pool;

  /** Routes to a port. */
  public SharedAgentPoolRoutes(SharedAgentPoolAdministration pool) {
    this.pool = pool;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        route(Method.POST, POOL, Action.POOL_CREATE, this::create).creating(),
        route(Method.POST, OLD_NAME, Action.POOL_CREATE, this::create).creating(),
        route(Method.GET, POOL, Action.POOL_GET, this::find),
        route(Method.POST, POOL + "/rotate-key", Action.POOL_ROTATE_KEY, this::rotate).creating());
  }

  private static Route route(Method method, String path, Action action, Handler handler) {
    return Route.of(method, path, action, Audience.OPERATORS, handler);
  }

  private Answer create(Request request, Caller caller) {
    return issued(Outcomes.valueOf(pool.create(caller, request.readIfAny(HINTS))));
  }

  private Answer rotate(Request request, Caller caller) {
    return issued(Outcomes.valueOf(pool.rotate(caller, request.readIfAny(GRACE))));
  }

  private Answer find(Request request, Caller caller) {
    return Answer.ok(json(Outcomes.valueOf(pool.find(caller))));
  }

  private static Answer issued(Issued<PoolStanding> issued) {
    var replay = Json.object();
    replay.set("pool", json(issued.record()));
    replay.putNull("platform_key");
    var body = replay.deepCopy().put("platform_key", issued.secret().reveal());
    return Answer.created(POOL, body).replayedAs(replay);
  }

  private static ObjectNode json(PoolStanding standing) {
    var pool = standing.pool();
    var json = Json.object();
    json.put("min_replicas", pool.minReplicas());
    json.put("max_replicas", pool.maxReplicas());
    json.put("cpu_target_pct", pool.cpuTargetPct());
    json.put("created_at", Json.time(pool.createdAt()));
    var keys = json.putArray("keys");
    standing
        .keys()
        .forEach(key ->
            keys.addObject()
                .put("key_id", key.keyId())
                .put("created_at", Json.time(key.createdAt()))
                .put("expires_at", Json.time(key.expiresAt())));
    return json;
  }
}

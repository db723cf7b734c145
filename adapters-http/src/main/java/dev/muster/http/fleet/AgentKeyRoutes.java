package dev.muster.http.fleet;

import dev.muster.domain.access.Action;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.AgentCredentials;
import dev.muster.ports.in.fleet.AgentCredentials.Rotation;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Outcomes;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of agents: of a tenant's own, where operators name the tenant with {@code ?tenant_id=},
 * and of the platform's.
 */
public final class AgentKeyRoutes {
  private static final String AGENTS = "/api/v1/agents";
  private static final String PLATFORM_AGENTS = "/api/v1/admin/platform-agents";

  /** Ten years. */
  private static final int MOST_HOURS = 87_600;

  private static final Shape<Rotation> ROTATION =
      in -> {
        var grace = in.optional("grace_hours", Kinds.integer(0, AgentKey.MOST_GRACE_HOURS));
        var hours = in.optional("expires_in_hours", Kinds.integer(1, MOST_HOURS));
        return () -> new Rotation(grace.or(AgentKey.DEFAULT_GRACE_HOURS), hours.orNull());
      };

  private final AgentCredentials credentials;

  /** Routes to a port. */
  public AgentKeyRoutes(AgentCredentials credentials) {
    this.credentials = credentials;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return Stream.of(
            new Place(AGENTS, Audience.USERS), new Place(PLATFORM_AGENTS, Audience.OPERATORS))
        .flatMap(this::routes)
        .toList();
  }

  /** Where agents stand, and for whom. */
  private record Place(String path, Audience audience) {
    Route route(Method method, String rest, Action action, At at) {
      var path = path() + "/{id}/" + rest;
      return audience() == Audience.OPERATORS
          ? Route.of(method, path, action, audience(), (r, caller) -> at.answer(r, caller, this))
          : Route.of(method, path, action, audience(), (r, caller) -> at.answer(r, caller, this))
              .withQuery(AgentJson.TENANT_ID);
    }

    /** Whether the caller may name that tenant is the port's to say. */
    TenantId tenant(Request request, Caller caller) {
      return audience() == Audience.OPERATORS
          ? TenantId.SYSTEM
          : request.query(AgentJson.TENANT).orElseGet(caller::tenant);
    }
  }

  /** Answers at one of the places. */
  private interface At {
    Answer answer(Request request, Caller caller, Place place);
  }

  private Stream<Route> routes(Place place) {
    return Stream.of(
        place.route(Method.POST, "rotate-key", Action.AGENT_ROTATE_KEY, this::rotate).creating(),
        place.route(Method.POST, "revoke-key", Action.AGENT_REVOKE_KEY, this::revoke),
        place.route(Method.GET, "keys", Action.TOKEN_LIST, this::list));
  }

  private Answer rotate(Request request, Caller caller, Place place) {
    var agent = agent(request);
    var tenant = place.tenant(request, caller);
    var rotation = request.readIfAny(ROTATION);
    var issued = Outcomes.valueOf(credentials.rotateKey(caller, tenant, agent, rotation));
    var replay = Json.object().put("agent_id", agent.value().toString());
    replay.set("key", json(issued.record()));
    replay.putNull("api_key");
    var body = replay.deepCopy().put("api_key", issued.secret().reveal());
    return Answer.created(place.path() + "/" + agent + "/keys", body).replayedAs(replay);
  }

  private Answer revoke(Request request, Caller caller, Place place) {
    request.readNothing();
    var agent = agent(request);
    int live =
        Outcomes.valueOf(credentials.revokeKeys(caller, place.tenant(request, caller), agent));
    return Answer.ok(
        Json.object().put("agent_id", agent.value().toString()).put("revoked_keys", live));
  }

  private Answer list(Request request, Caller caller, Place place) {
    var keys =
        Outcomes.valueOf(credentials.keys(caller, place.tenant(request, caller), agent(request)));
    var json = Json.object();
    var items = json.putArray("items");
    keys.forEach(key -> items.add(json(key)));
    return Answer.ok(json.putNull("next_cursor"));
  }

  private static ObjectNode json(AgentKey key) {
    var json = Json.object();
    json.put("prefix", key.prefix());
    json.put("created_at", Json.time(key.createdAt()));
    json.put("expires_at", Json.time(key.expiresAt()));
    json.put("revoked_at", Json.time(key.revokedAt()));
    json.put("last_used_at", Json.time(key.lastUsedAt()));
    return json;
  }

  private static AgentId agent(Request request) {
    return new AgentId(request.id("id"));
  }
}

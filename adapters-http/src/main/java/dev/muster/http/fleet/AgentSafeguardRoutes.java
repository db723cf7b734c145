package dev.muster.http.fleet;

import dev.muster.domain.access.Action;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.AgentSafeguards;
import dev.muster.ports.in.fleet.AgentSafeguards.Guarded;
import dev.muster.wire.problem.Outcomes;
import java.util.List;

/**
 * What is asked of agents besides their keys, and how often they may call; operators name the
 * tenant with {@code ?tenant_id=}, and mean the agents of the platform without it.
 */
public final class AgentSafeguardRoutes {
  private static final String AGENT = "/api/v1/agents/{id}";
  private static final String SIGNING_SECRET = "/signing-secret";

  private final AgentSafeguards safeguards;

  /** Routes to a port. */
  public AgentSafeguardRoutes(AgentSafeguards safeguards) {
    this.safeguards = safeguards;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        route(Method.GET, "/safeguards", Action.AGENT_GET, this::find),
        route(Method.PUT, "/limits", Action.AGENT_SET_LIMITS, this::limit),
        route(
            Method.PUT,
            "/certificate-fingerprints",
            Action.AGENT_SET_FINGERPRINTS,
            this::registerCertificates),
        route(
                Method.POST,
                SIGNING_SECRET + "/rotate",
                Action.AGENT_ROTATE_SIGNING_SECRET,
                this::rotate)
            .creating(),
        route(
            Method.POST,
            SIGNING_SECRET + "/revoke",
            Action.AGENT_ROTATE_SIGNING_SECRET,
            this::revoke));
  }

  private static Route route(Method method, String rest, Action action, Handler handler) {
    return Route.of(method, AGENT + rest, action, Audience.USERS, handler)
        .withQuery(AgentJson.TENANT_ID);
  }

  private Answer find(Request request, Caller caller) {
    return answer(safeguards.find(caller, tenant(request, caller), agent(request)));
  }

  private Answer limit(Request request, Caller caller) {
    var limit = request.read(SafeguardJson.LIMIT);
    return answer(
        safeguards.limit(caller, tenant(request, caller), agent(request), limit.orElse(null)));
  }

  private Answer registerCertificates(Request request, Caller caller) {
    var fingerprints = request.read(SafeguardJson.FINGERPRINTS);
    return answer(
        safeguards.registerCertificates(
            caller, tenant(request, caller), agent(request), fingerprints));
  }

  private Answer rotate(Request request, Caller caller) {
    var rotation = request.readIfAny(SafeguardJson.ROTATION);
    var agent = agent(request);
    var issued =
        Outcomes.valueOf(
            safeguards.rotateSigningSecret(caller, tenant(request, caller), agent, rotation));
    var replay = SafeguardJson.of(issued.record()).putNull("signing_secret");
    var body = replay.deepCopy().put("signing_secret", issued.secret().reveal());
    return Answer.created("/api/v1/agents/" + agent + "/safeguards", body).replayedAs(replay);
  }

  private Answer revoke(Request request, Caller caller) {
    request.readNothing();
    return answer(safeguards.revokeSigningSecrets(caller, tenant(request, caller), agent(request)));
  }

  private static Answer answer(Outcome<Guarded> outcome) {
    return Answer.ok(SafeguardJson.of(Outcomes.valueOf(outcome)));
  }

  /** Whether the caller may name that tenant is the port's to say. */
  private static TenantId tenant(Request request, Caller caller) {
    return request.query(AgentJson.TENANT).orElseGet(caller::tenant);
  }

  private static AgentId agent(Request request) {
    return new AgentId(request.id("id"));
  }
}

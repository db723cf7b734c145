package dev.muster.http.fleet;

import dev.muster.domain.access.Action;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.AgentAdministration;
import dev.muster.ports.in.fleet.AgentAdministration.AgentStanding;
import dev.muster.ports.in.fleet.AgentGranting;
import dev.muster.wire.problem.Outcomes;
import java.util.List;

/** A tenant's own agents; operators name the tenant with {@code ?tenant_id=}. */
public final class AgentRoutes {
  private static final String AGENTS = "/api/v1/agents";

  private final AgentAdministration agents;
  private final AgentGranting granting;

  /** Routes to the ports. */
  public AgentRoutes(AgentAdministration agents, AgentGranting granting) {
    this.agents = agents;
    this.granting = granting;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        route(Method.GET, "", Action.AGENT_LIST, this::list).withQuery(AgentJson.TENANT_LIST),
        one(Method.GET, "", Action.AGENT_GET, this::find),
        one(Method.DELETE, "", Action.AGENT_DELETE, this::delete),
        one(Method.POST, "/enable", Action.AGENT_ENABLE, this::enable),
        one(Method.POST, "/disable", Action.AGENT_DISABLE, this::disable),
        one(Method.POST, "/drain", Action.AGENT_DRAIN, this::drain),
        one(Method.PUT, "/grants", Action.AGENT_GRANT, this::grant));
  }

  private static Route one(Method method, String rest, Action action, Handler handler) {
    return route(method, "/{id}" + rest, action, handler).withQuery(AgentJson.TENANT_ID);
  }

  private static Route route(Method method, String rest, Action action, Handler handler) {
    return Route.of(method, AGENTS + rest, action, Audience.USERS, handler);
  }

  private Answer list(Request request, Caller caller) {
    var wanted = request.query(AgentJson.WANTED);
    var tenant = wanted.tenant().orElseGet(caller::tenant);
    var page = Outcomes.valueOf(agents.list(caller, tenant, wanted.filter(), wanted.page()));
    return Paging.answer(page, AgentJson::of);
  }

  private Answer find(Request request, Caller caller) {
    var tenant = tenant(request, caller);
    var standing = Outcomes.valueOf(agents.find(caller, tenant, agent(request)));
    var grants = Outcomes.valueOf(granting.grants(caller, tenant, agent(request)));
    return Answer.ok(GrantJson.withGrants(AgentJson.of(standing), grants));
  }

  private Answer grant(Request request, Caller caller) {
    var tenant = tenant(request, caller);
    var wanted = request.read(GrantJson.WANTED);
    var grants =
        Outcomes.valueOf(
            granting.grant(caller, tenant, agent(request), wanted.permissions(), wanted.note()));
    var standing = Outcomes.valueOf(agents.find(caller, tenant, agent(request)));
    return Answer.ok(GrantJson.withGrants(AgentJson.of(standing), grants));
  }

  private Answer delete(Request request, Caller caller) {
    Outcomes.valueOf(agents.delete(caller, tenant(request, caller), agent(request)));
    return Answer.done();
  }

  private Answer enable(Request request, Caller caller) {
    request.readNothing();
    return answer(agents.enable(caller, tenant(request, caller), agent(request)));
  }

  private Answer disable(Request request, Caller caller) {
    request.readNothing();
    return answer(agents.disable(caller, tenant(request, caller), agent(request)));
  }

  private Answer drain(Request request, Caller caller) {
    request.readNothing();
    return answer(agents.drain(caller, tenant(request, caller), agent(request)));
  }

  private static Answer answer(Outcome<AgentStanding> outcome) {
    return Answer.ok(AgentJson.of(Outcomes.valueOf(outcome)));
  }

  /** Whether the caller may name that tenant is the port's to say. */
  private static TenantId tenant(Request request, Caller caller) {
    return request.query(AgentJson.TENANT).orElseGet(caller::tenant);
  }

  private static AgentId agent(Request request) {
    return new AgentId(request.id("id"));
  }
}

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
import dev.muster.wire.problem.Outcomes;
import java.util.List;

/** The platform's agents, for operators. */
public final class PlatformAgentRoutes {
  private static final String AGENTS = "/api/v1/admin/platform-agents";
  private static final TenantId SYSTEM = TenantId.SYSTEM;

  private final AgentAdministration agents;

  /** Routes to a port. */
  public PlatformAgentRoutes(AgentAdministration agents) {
    this.agents = agents;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        route(Method.GET, "", Action.AGENT_LIST, this::list).withQuery(AgentJson.LIST),
        route(Method.GET, "/stats", Action.STATS_READ, this::stats),
        route(Method.GET, "/{id}", Action.AGENT_GET, this::find),
        route(Method.DELETE, "/{id}", Action.AGENT_DELETE, this::delete),
        route(Method.POST, "/{id}/enable", Action.AGENT_ENABLE, this::enable),
        route(Method.POST, "/{id}/disable", Action.AGENT_DISABLE, this::disable),
        route(Method.POST, "/{id}/drain", Action.AGENT_DRAIN, this::drain));
  }

  private static Route route(Method method, String rest, Action action, Handler handler) {
    return Route.of(method, AGENTS + rest, action, Audience.OPERATORS, handler);
  }

  private Answer list(Request request, Caller caller) {
    var wanted = request.query(AgentJson.WANTED);
    var page = Outcomes.valueOf(agents.list(caller, SYSTEM, wanted.filter(), wanted.page()));
    return Paging.answer(page, AgentJson::of);
  }

  private Answer stats(Request request, Caller caller) {
    return Answer.ok(AgentJson.of(Outcomes.valueOf(agents.stats(caller, SYSTEM))));
  }

  private Answer find(Request request, Caller caller) {
    return answer(agents.find(caller, SYSTEM, agent(request)));
  }

  private Answer delete(Request request, Caller caller) {
    Outcomes.valueOf(agents.delete(caller, SYSTEM, agent(request)));
    return Answer.done();
  }

  private Answer enable(Request request, Caller caller) {
    request.readNothing();
    return answer(agents.enable(caller, SYSTEM, agent(request)));
  }

  private Answer disable(Request request, Caller caller) {
    request.readNothing();
    return answer(agents.disable(caller, SYSTEM, agent(request)));
  }

  private Answer drain(Request request, Caller caller) {
    request.readNothing();
    return answer(agents.drain(caller, SYSTEM, agent(request)));
  }

  private static Answer answer(Outcome<AgentStanding> outcome) {
    return Answer.ok(AgentJson.of(Outcomes.valueOf(outcome)));
  }

  private static AgentId agent(Request request) {
    return new AgentId(request.id("id"));
  }
}

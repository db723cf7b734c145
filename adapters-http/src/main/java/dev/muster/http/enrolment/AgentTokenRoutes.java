package dev.muster.http.enrolment;

import dev.muster.domain.access.Action;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.AgentTokenAdministration;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Outcomes;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The tokens with which a tenant's agents present themselves by name. */
public final class AgentTokenRoutes {
  private static final String TOKENS = "/api/v1/agent-tokens";

  private static final Shape<String> NAME =
      in -> {
        var name = in.required("name", Kinds.text(1, 100));
        return name::get;
      };

  private final AgentTokenAdministration tokens;

  /** Routes to a port. */
  public AgentTokenRoutes(AgentTokenAdministration tokens) {
    this.tokens = tokens;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        Route.of(Method.GET, TOKENS, Action.TOKEN_LIST, Audience.USERS, this::list)
            .withQuery(Paging.LIMIT, Paging.CURSOR),
        Route.of(Method.POST, TOKENS, Action.TOKEN_CREATE, Audience.USERS, this::create).creating(),
        Route.of(
            Method.POST,
            TOKENS + "/{id}/revoke",
            Action.TOKEN_REVOKE,
            Audience.USERS,
            this::revoke));
  }

  private Answer list(Request request, Caller caller) {
    var page = Outcomes.valueOf(tokens.list(caller, request.query(Paging.SHAPE)));
    return Paging.answer(page, AgentTokenRoutes::json);
  }

  /** The record with the secret within, as this answer is specified. */
  private Answer create(Request request, Caller caller) {
    var issued = Outcomes.valueOf(tokens.create(caller, request.read(NAME)));
    var replay = json(issued.record()).putNull("token");
    var body = replay.deepCopy().put("token", issued.secret().reveal());
    return Answer.created(TOKENS + "/" + issued.record().id(), body).replayedAs(replay);
  }

  private Answer revoke(Request request, Caller caller) {
    request.readNothing();
    var id = new AgentTokenId(request.id("id"));
    return Answer.ok(json(Outcomes.valueOf(tokens.revoke(caller, id))));
  }

  private static ObjectNode json(AgentToken token) {
    return Json.object()
        .put("id", token.id().toString())
        .put("name", token.name())
        .put("prefix", token.prefix())
        .put("created_at", Json.time(token.createdAt()))
        .put("created_by", token.createdBy())
        .put("revoked_at", Json.time(token.revokedAt()))
        .put("last_used_at", Json.time(token.lastUsedAt()));
  }
}

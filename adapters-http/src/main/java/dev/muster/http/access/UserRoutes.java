package dev.muster.http.access;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.UserId;
import dev.muster.http.document.IssuedDocument;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.UserAdministration;
import dev.muster.wire.problem.Outcomes;
import java.util.List;

/** Users and their tokens. */
public final class UserRoutes {
  private static final String USERS = "/api/v1/admin/users";
  private static final String TOKENS = "/api/v1/admin/tokens";

  private final UserAdministration users;

  /** Routes to a port. */
  public UserRoutes(UserAdministration users) {
    this.users = users;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        route(Method.GET, USERS, Action.USER_LIST, this::list)
            .withQuery(Paging.LIMIT, Paging.CURSOR),
        route(Method.POST, USERS, Action.USER_CREATE, this::create).creating(),
        route(Method.POST, USERS + "/{id}/tokens", Action.USER_CREATE_TOKEN, this::issue)
            .creating(),
        route(Method.GET, USERS + "/{id}/tokens", Action.USER_LIST_TOKENS, this::tokens)
            .withQuery(Paging.LIMIT, Paging.CURSOR),
        route(Method.POST, TOKENS + "/{id}/revoke", Action.USER_REVOKE_TOKEN, this::revoke));
  }

  private static Route route(Method method, String path, Action action, Handler handler) {
    return Route.of(method, path, action, Audience.OPERATORS, handler);
  }

  private Answer list(Request request, Caller caller) {
    return Paging.answer(users.list(caller, request.query(Paging.SHAPE)), UserJson::of);
  }

  private Answer create(Request request, Caller caller) {
    var user = Outcomes.valueOf(users.create(caller, request.read(UserJson.NEW)));
    return Answer.created(USERS + "/" + user.id(), UserJson.of(user));
  }

  private Answer issue(Request request, Caller caller) {
    var user = new UserId(request.id("id"));
    var wanted = request.readIfAny(UserJson.NEW_TOKEN);
    var issued = Outcomes.valueOf(users.issueToken(caller, user, wanted));
    var location = TOKENS + "/" + issued.record().id();
    return IssuedDocument.answer(location, UserJson.of(issued.record()), issued.secret());
  }

  private Answer tokens(Request request, Caller caller) {
    var user = new UserId(request.id("id"));
    var page = Outcomes.valueOf(users.tokens(caller, user, request.query(Paging.SHAPE)));
    return Paging.answer(page, UserJson::of);
  }

  private Answer revoke(Request request, Caller caller) {
    request.readNothing();
    var token = new TokenId(request.id("id"));
    return Answer.ok(UserJson.of(Outcomes.valueOf(users.revokeToken(caller, token))));
  }
}

package dev.muster.http.enrolment;

import dev.muster.domain.access.Action;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.document.AgentDocument;
import dev.muster.http.document.IssuedDocument;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration.NewEnrolmentToken;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Outcomes;
import java.util.List;

/** Bootstrap tokens, which are the platform's, and registration tokens, which are a tenant's. */
public final class EnrolmentTokenRoutes {
  private static final String BOOTSTRAP = "/api/v1/admin/bootstrap-tokens";
  private static final String REGISTRATION = "/api/v1/tenants/{id}/registration-tokens";

  private final EnrolmentTokenAdministration tokens;

  /** Routes to a port. */
  public EnrolmentTokenRoutes(EnrolmentTokenAdministration tokens) {
    this.tokens = tokens;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        operators(Method.GET, "", Action.TOKEN_LIST, (r, c) -> list(r, c, TenantId.SYSTEM))
            .withQuery(Paging.LIMIT, Paging.CURSOR),
        operators(Method.POST, "", Action.TOKEN_CREATE, this::createBootstrap).creating(),
        operators(
            Method.POST,
            "/{id}/revoke",
            Action.TOKEN_REVOKE,
            (r, c) -> revoke(r, c, TenantId.SYSTEM, "id")),
        operators(Method.GET, "/{id}/registrations", Action.TOKEN_LIST, this::registrations)
            .withQuery(Paging.LIMIT, Paging.CURSOR),
        users(Method.GET, "", Action.TOKEN_LIST, (r, c) -> list(r, c, tenant(r)))
            .withQuery(Paging.LIMIT, Paging.CURSOR),
        users(Method.POST, "", Action.TOKEN_CREATE, this::createRegistration).creating(),
        users(
            Method.POST,
            "/{token_id}/revoke",
            Action.TOKEN_REVOKE,
            (r, c) -> revoke(r, c, tenant(r), "token_id")));
  }

  private static Route operators(Method method, String rest, Action action, Handler handler) {
    return Route.of(method, BOOTSTRAP + rest, action, Audience.OPERATORS, handler);
  }

  private static Route users(Method method, String rest, Action action, Handler handler) {
    return Route.of(method, REGISTRATION + rest, action, Audience.USERS, handler);
  }

  private Answer list(Request request, Caller caller, TenantId tenant) {
    var page = Outcomes.valueOf(tokens.list(caller, tenant, request.query(Paging.SHAPE)));
    return Paging.answer(page, EnrolmentTokenJson::of);
  }

  private Answer createBootstrap(Request request, Caller caller) {
    return create(request, caller, TenantId.SYSTEM, EnrolmentTokenJson.NEW_BOOTSTRAP);
  }

  private Answer createRegistration(Request request, Caller caller) {
    return create(request, caller, tenant(request), EnrolmentTokenJson.NEW_REGISTRATION);
  }

  private Answer create(
      Request request, Caller caller, TenantId tenant, Shape<NewEnrolmentToken> shape) {
    var issued = Outcomes.valueOf(tokens.create(caller, tenant, request.readIfAny(shape)));
    var location = request.target().path() + "/" + issued.record().id();
    var record = EnrolmentTokenJson.of(issued.record());
    return IssuedDocument.answer(location, record, issued.secret());
  }

  private Answer revoke(Request request, Caller caller, TenantId tenant, String place) {
    var id = new EnrolmentTokenId(request.id(place));
    var reason = request.readIfAny(EnrolmentTokenJson.REVOCATION).reason();
    EnrolmentToken revoked =
        Outcomes.valueOf(tokens.revoke(caller, tenant, id, reason.isEmpty() ? null : reason));
    return Answer.ok(EnrolmentTokenJson.of(revoked));
  }

  private Answer registrations(Request request, Caller caller) {
    var id = new EnrolmentTokenId(request.id("id"));
    var wanted = request.query(Paging.SHAPE);
    var page = Outcomes.valueOf(tokens.registrations(caller, TenantId.SYSTEM, id, wanted));
    return Paging.answer(page, AgentDocument::of);
  }

  private static TenantId tenant(Request request) {
    return new TenantId(request.id("id"));
  }
}

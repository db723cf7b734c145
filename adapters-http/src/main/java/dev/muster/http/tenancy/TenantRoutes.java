package dev.muster.http.tenancy;

import dev.muster.domain.access.Action;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.tenancy.TenantAdministration;
import dev.muster.wire.problem.Outcomes;
import dev.muster.wire.problem.Rejection;
import java.util.List;

/** Tenants. */
public final class TenantRoutes {
  private static final String TENANTS = "/api/v1/admin/tenants";
  private static final String TENANT = TENANTS + "/{slug}";
  private static final String LIMIT = "/worker-limit";

  private final TenantAdministration tenants;

  /** Routes to a port. */
  public TenantRoutes(TenantAdministration tenants) {
    this.tenants = tenants;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        route(Method.GET, TENANTS, Action.TENANT_LIST, this::list)
            .withQuery(Paging.LIMIT, Paging.CURSOR),
        route(Method.POST, TENANTS, Action.TENANT_CREATE, this::create).creating(),
        route(Method.GET, TENANT, Action.TENANT_GET, this::find),
        route(Method.PATCH, TENANT, Action.TENANT_UPDATE, this::change),
        route(Method.POST, TENANT + "/suspend", Action.TENANT_SUSPEND, this::suspend),
        route(Method.POST, TENANT + "/resume", Action.TENANT_RESUME, this::resume),
        route(Method.PUT, TENANT + LIMIT, Action.TENANT_SET_WORKER_LIMIT, this::limit),
        route(
            Method.PUT,
            "/api/v1/tenants/{slug}" + LIMIT,
            Action.TENANT_SET_WORKER_LIMIT,
            this::limit));
  }

  private static Route route(Method method, String path, Action action, Handler handler) {
    return Route.of(method, path, action, Audience.OPERATORS, handler);
  }

  private Answer list(Request request, Caller caller) {
    return Paging.answer(tenants.list(caller, request.query(Paging.SHAPE)), TenantJson::of);
  }

  private Answer create(Request request, Caller caller) {
    var tenant = Outcomes.valueOf(tenants.create(caller, request.read(TenantJson.NEW)));
    return Answer.created(TENANTS + "/" + tenant.slug(), TenantJson.of(tenant));
  }

  private Answer find(Request request, Caller caller) {
    return answer(tenants.find(caller, slug(request)));
  }

  private Answer change(Request request, Caller caller) {
    var slug = slug(request);
    return answer(tenants.change(caller, slug, request.read(TenantJson.CHANGES)));
  }

  private Answer limit(Request request, Caller caller) {
    var slug = slug(request);
    return answer(tenants.change(caller, slug, request.read(TenantJson.WORKER_LIMIT)));
  }

  private Answer suspend(Request request, Caller caller) {
    request.readNothing();
    return answer(tenants.suspend(caller, slug(request)));
  }

  private Answer resume(Request request, Caller caller) {
    request.readNothing();
    return answer(tenants.resume(caller, slug(request)));
  }

  private static Answer answer(Outcome<Tenant> outcome) {
    return Answer.ok(TenantJson.of(Outcomes.valueOf(outcome)));
  }

  private static TenantSlug slug(Request request) {
    var text = request.name("slug");
    if (!TenantSlug.PATTERN.matcher(text).matches()) {
      throw Rejection.notFound();
    }
    return new TenantSlug(text);
  }
}

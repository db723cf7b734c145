package dev.muster.http.audit;

import dev.muster.domain.access.Action;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditRetentionAdministration;
import dev.muster.ports.in.audit.AuditRetentionAdministration.Kept;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Outcomes;
import dev.muster.wire.problem.Rejection;
import java.util.List;

/** How long audit entries are kept. */
public final class AuditRetentionRoutes {
  private static final String PATH = "/api/v1/admin/tenants/{slug}/audit-retention";

  private static final Shape<Integer> DAYS =
      in -> {
        var days = in.required("days", Kinds.integer(0, AuditRetentionAdministration.MOST_DAYS));
        return days::get;
      };

  private final AuditRetentionAdministration retention;

  /** Routes to a port. */
  public AuditRetentionRoutes(AuditRetentionAdministration retention) {
    this.retention = retention;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        Route.of(Method.GET, PATH, Action.TENANT_GET, Audience.OPERATORS, this::find),
        Route.of(Method.PUT, PATH, Action.TENANT_UPDATE, Audience.OPERATORS, this::set));
  }

  private Answer find(Request request, Caller caller) {
    return answer(retention.find(caller, slug(request)));
  }

  private Answer set(Request request, Caller caller) {
    return answer(retention.set(caller, slug(request), request.read(DAYS)));
  }

  private static Answer answer(Outcome<Kept> outcome) {
    return Answer.ok(Json.object().put("days", Outcomes.valueOf(outcome).days()));
  }

  private static TenantSlug slug(Request request) {
    var text = request.name("slug");
    if (!TenantSlug.PATTERN.matcher(text).matches()) {
      throw Rejection.notFound();
    }
    return new TenantSlug(text);
  }
}

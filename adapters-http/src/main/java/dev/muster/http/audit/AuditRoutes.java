package dev.muster.http.audit;

import dev.muster.domain.access.Action;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditQueries;
import java.util.List;

/** The audit log. */
public final class AuditRoutes {
  private final AuditQueries queries;

  /** Routes to a port. */
  public AuditRoutes(AuditQueries queries) {
    this.queries = queries;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        Route.of(
                Method.GET,
                "/api/v1/admin/audit-events",
                Action.AUDIT_QUERY_ALL,
                Audience.OPERATORS,
                this::list)
            .withQuery(AuditJson.LIST),
        Route.of(Method.GET, "/api/v1/audit-events", Action.AUDIT_QUERY, Audience.USERS, this::list)
            .withQuery(AuditJson.LIST),
        Route.of(
                Method.GET,
                "/api/v1/admin/audit-events/export",
                Action.AUDIT_EXPORT_ALL,
                Audience.OPERATORS,
                this::export)
            .withQuery(AuditJson.EXPORT),
        Route.of(
                Method.GET,
                "/api/v1/audit-events/export",
                Action.AUDIT_EXPORT,
                Audience.USERS,
                this::export)
            .withQuery(AuditJson.EXPORT));
  }

  private Answer export(Request request, Caller caller) {
    var wanted = request.query(AuditJson.WANTED_EXPORT);
    var parts = queries.export(caller, wanted.filter(), AuditExport.PART);
    return new AuditExport(wanted.format(), parts, request.watch()).answer();
  }

  private Answer list(Request request, Caller caller) {
    var wanted = request.query(AuditJson.WANTED);
    return Paging.answer(queries.list(caller, wanted.filter(), wanted.page()), AuditJson::of);
  }
}

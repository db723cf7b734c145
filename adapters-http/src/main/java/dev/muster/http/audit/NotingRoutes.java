package dev.muster.http.audit;

import dev.muster.http.route.Guard;
import dev.muster.http.route.Route;
import dev.muster.ports.in.audit.ReadAudit;
import java.util.List;

/** Routes that note who reads before they answer. */
public final class NotingRoutes {
  private final ReadAudit audit;

  /** Notes with a port. */
  public NotingRoutes(ReadAudit audit) {
    this.audit = audit;
  }

  /** The same routes, noting. */
  public List<Route> over(List<Route> routes) {
    return routes.stream().map(this::over).toList();
  }

  private Route over(Route route) {
    return switch (route.guard()) {
      case Guard.Open open -> route;
      case Guard.Needs needs -> route.guardedBy(noting(needs));
    };
  }

  private Guard.Needs noting(Guard.Needs needs) {
    return new Guard.Needs(
        needs.action(),
        needs.audience(),
        (request, caller) -> {
          audit.note(caller, needs.action(), request.target().path());
          return needs.handler().handle(request, caller);
        });
  }
}

package dev.muster.http.scheduling;

import dev.muster.domain.access.Action;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.QueueOverview;
import java.util.List;

/** Numbers over the queue, for operators. */
public final class QueueOverviewRoutes {
  private final QueueOverview overview;

  /** Routes to a port. */
  public QueueOverviewRoutes(QueueOverview overview) {
    this.overview = overview;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        Route.of(
            Method.GET,
            "/api/v1/admin/platform-jobs/stats",
            Action.STATS_READ,
            Audience.OPERATORS,
            this::show));
  }

  private Answer show(Request request, Caller caller) {
    return Answer.ok(QueueOverviewJson.of(overview.now(caller)));
  }
}

package dev.muster.http.job;

import dev.muster.domain.access.Action;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.BulkRetry;
import dev.muster.wire.problem.Outcomes;
import java.util.List;

/** Trying many jobs again with one order. */
public final class BulkRetryRoutes {
  private final BulkRetry retries;

  /** Routes to a port. */
  public BulkRetryRoutes(BulkRetry retries) {
    this.retries = retries;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return JobRoutes.NAMES.stream().map(jobs -> route(jobs + "/retry")).toList();
  }

  private Route route(String path) {
    return Route.of(Method.POST, path, Action.JOB_RETRY_MANY, Audience.USERS, this::retry);
  }

  private Answer retry(Request request, Caller caller) {
    var order = request.read(BulkRetryJson.ORDER);
    return Answer.ok(
        BulkRetryJson.of(Outcomes.valueOf(retries.retry(caller, order.filter(), order.dryRun()))));
  }
}

package dev.muster.http.tenancy;

import dev.muster.domain.access.Action;
import dev.muster.domain.identity.WireNamed;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.tenancy.PlanAdministration;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Rejection;
import java.util.List;

/** The plan table. */
public final class PlanRoutes {
  private static final String PLAN = "/api/v1/admin/plans/{plan}";
  private static final int MOST = 1_000_000;
  private static final int MOST_WEIGHT = 10_000;

  private final PlanAdministration plans;

  /** Routes to a port. */
  public PlanRoutes(PlanAdministration plans) {
    this.plans = plans;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        Route.of(Method.GET, PLAN, Action.PLAN_GET, Audience.OPERATORS, this::find),
        Route.of(Method.PUT, PLAN, Action.PLAN_UPDATE, Audience.OPERATORS, this::replace));
  }

  private Answer find(Request request, Caller caller) {
    return answer(plans.find(caller, name(request)));
  }

  private Answer replace(Request request, Caller caller) {
    return answer(plans.replace(caller, request.read(shape(name(request)))));
  }

  private static Shape<Plan> shape(PlanName name) {
    return in -> {
      var jobs = in.required("max_concurrent_jobs", Kinds.integer(1, MOST));
      var queue = in.required("max_queue_size", Kinds.integer(1, MOST));
      var weight = in.required("weight", Kinds.integer(1, MOST_WEIGHT));
      return () -> new Plan(name, jobs.get(), queue.get(), weight.get());
    };
  }

  private static Answer answer(Plan plan) {
    var json = Json.object();
    json.put("name", plan.name().wireName());
    json.put("max_concurrent_jobs", plan.maxConcurrentJobs());
    json.put("max_queue_size", plan.maxQueueSize());
    json.put("weight", plan.weight());
    return Answer.ok(json);
  }

  private static PlanName name(Request request) {
    return WireNamed.parse(PlanName.class, request.name("plan")).orElseThrow(Rejection::notFound);
  }
}

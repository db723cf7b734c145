package dev.muster.http.scheduling;

import dev.muster.domain.access.Action;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.SchedulerSimulation;
import dev.muster.wire.problem.Outcomes;
import java.util.List;

/** What would become of the queue, for operators. */
public final class SimulationRoutes {
  private final SchedulerSimulation simulation;

  /** Routes to a port. */
  public SimulationRoutes(SchedulerSimulation simulation) {
    this.simulation = simulation;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        Route.of(
            Method.POST,
            "/api/v1/admin/scheduler/simulate",
            Action.SCHEDULER_SIMULATE,
            Audience.OPERATORS,
            this::simulate));
  }

  private Answer simulate(Request request, Caller caller) {
    var question = request.read(QuestionJson.QUESTION);
    return Answer.ok(SimulatedJson.of(Outcomes.valueOf(simulation.simulate(caller, question))));
  }
}

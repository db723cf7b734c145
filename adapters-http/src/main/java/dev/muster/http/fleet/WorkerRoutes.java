package dev.muster.http.fleet;

import dev.muster.domain.access.Action;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.WorkerQueries;
import dev.muster.ports.in.fleet.WorkerQueries.Worker;
import dev.muster.ports.in.fleet.WorkerQueries.WorkerFilter;
import dev.muster.ports.paging.PageRequest;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Who is connected: a tenant's own agents, or for operators all. */
public final class WorkerRoutes {
  private static final String ANY_TENANT = "*";

  /** The one way to connect that there is. */
  private static final String POLL = "poll";

  private static final Shape<Wanted> WANTED =
      in -> {
        var tenant = in.optional(AgentJson.TENANT_ID, Words.TENANT_ID);
        var replica = in.optional("replica", Kinds.text(1, 63));
        var page = Paging.of(in);
        return () -> new Wanted(new WorkerFilter(tenant.orNull(), replica.orNull()), page.get());
      };

  private final WorkerQueries workers;

  /** Routes to a port. */
  public WorkerRoutes(WorkerQueries workers) {
    this.workers = workers;
  }

  private record Wanted(WorkerFilter filter, PageRequest page) {}

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        Route.of(Method.GET, "/api/v1/workers", Action.WORKER_LIST, Audience.USERS, this::list)
            .withQuery(Paging.LIMIT, Paging.CURSOR, AgentJson.TENANT_ID, "replica"));
  }

  private Answer list(Request request, Caller caller) {
    var wanted = request.query(WANTED);
    return Paging.answer(workers.list(caller, wanted.filter(), wanted.page()), WorkerRoutes::json);
  }

  private static ObjectNode json(Worker worker) {
    var agent = worker.agent();
    var slug = worker.slug();
    return Json.object()
        .put("id", agent.id().toString())
        .put("tenant_id", agent.tenant().toString())
        .put("name", agent.name().value())
        .put("slug", slug == null ? ANY_TENANT : slug.value())
        .put("worker_type", agent.workerType())
        .put("max_concurrent", agent.maxConcurrent())
        .put("active_jobs", agent.leased())
        .put("draining", agent.draining())
        .put("transport", POLL)
        .put("replica", worker.replica())
        .put("version", agent.version())
        .put("since", Json.time(worker.since()));
  }
}

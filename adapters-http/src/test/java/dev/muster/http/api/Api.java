package dev.muster.http.api;

import dev.muster.domain.credential.Secret;
import dev.muster.http.ApiDocument;
import dev.muster.http.GateFake;
import dev.muster.http.HttpServer;
import dev.muster.http.HttpSettings;
import dev.muster.http.Wire;
import dev.muster.http.access.UserRoutes;
import dev.muster.http.audit.AuditRetentionRoutes;
import dev.muster.http.audit.AuditRoutes;
import dev.muster.http.enrolment.AgentTokenRoutes;
import dev.muster.http.enrolment.EnrolmentRoutes;
import dev.muster.http.enrolment.EnrolmentTokenRoutes;
import dev.muster.http.enrolment.SharedAgentPoolRoutes;
import dev.muster.http.enrolment.SharedEnrolmentRoutes;
import dev.muster.http.fleet.AgentKeyRoutes;
import dev.muster.http.fleet.AgentRoutes;
import dev.muster.http.fleet.AgentSafeguardRoutes;
import dev.muster.http.fleet.PlatformAgentRoutes;
import dev.muster.http.fleet.PresenceRoutes;
import dev.muster.http.fleet.WorkerRoutes;
import dev.muster.http.job.BulkRetryRoutes;
import dev.muster.http.job.JobExplanationRoutes;
import dev.muster.http.job.JobRoutes;
import dev.muster.http.route.Route;
import dev.muster.http.scheduling.DispatchRoutes;
import dev.muster.http.scheduling.QueueOverviewRoutes;
import dev.muster.http.scheduling.ReportingRoutes;
import dev.muster.http.scheduling.SimulationRoutes;
import dev.muster.http.tenancy.PlanRoutes;
import dev.muster.http.tenancy.TenantRoutes;
import dev.muster.http.update.ReleaseRoutes;
import dev.muster.http.update.UpdateRoutes;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.IdempotentRequests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole API over fakes of the ports, on a free port; holds every answer against the document.
 */
public final class Api implements AutoCloseable {
  final Calls calls = new Calls();
  final LogFake log = new LogFake();
  final AccessFake access = new AccessFake();
  final RequestsFake requests = new RequestsFake();

  private final HttpServer server;
  private final Wire wire;

  private final AtomicReference<IdempotentRequests.@Nullable Answer> first =
      new AtomicReference<>();

  Api() {
    IdempotentRequests idempotent =
        (caller, key, fingerprint, work) -> {
          var known = first.get();
          if (known == null) {
            first.set(work.get());
            return Outcome.done(first.get());
          }
          return Outcome.done(
              new IdempotentRequests.Answer(
                  known.status(), known.location(), known.replayBody(), known.replayBody(), true));
        };
    server =
        HttpServer.start(
            HttpSettings.at("127.0.0.1", 0),
            new HttpServer.Collaborators(
                access, new GateFake(), idempotent, List::of, () -> {}, requests),
            routes(calls, log));
    wire = new Wire(server.port());
  }

  /** What is stored for repetitions of the one request under an idempotency key. */
  String stored() {
    var known = first.get();
    return known == null ? "" : known.replayBody();
  }

  /** All routes but the server's own, with nobody behind them. */
  public static List<Route> routes() {
    return routes(new Calls(), new LogFake());
  }

  private static List<Route> routes(Calls calls, LogFake log) {
    var agents = new FleetFakes.Agents(calls);
    var declaring = new FleetFakes.Declaring(calls);
    var jobs =
        new JobRoutes(
            new PortFakes.Submission(calls),
            new PortFakes.Control(calls),
            new PortFakes.Queries(calls, log));
    return Stream.of(
            new TenantRoutes(new PortFakes.Tenants(calls)).routes(),
            new PlanRoutes(new PortFakes.Plans(calls)).routes(),
            new ReleaseRoutes(new UpdateFakes.Releases(calls)).routes(),
            new UpdateRoutes(new UpdateFakes.Updates(calls)).routes(),
            new UserRoutes(new PortFakes.Users(calls)).routes(),
            new EnrolmentRoutes(new FleetFakes.Joining(calls)).routes(),
            new EnrolmentTokenRoutes(new FleetFakes.EnrolmentTokens(calls)).routes(),
            new AgentTokenRoutes(new FleetFakes.AgentTokens(calls)).routes(),
            new SharedAgentPoolRoutes(new FleetFakes.SharedPool(calls)).routes(),
            new SharedEnrolmentRoutes(new FleetFakes.SharedJoining(calls)).routes(),
            new PlatformAgentRoutes(agents).routes(),
            new AgentRoutes(agents, new FleetFakes.Granting(calls)).routes(),
            new AgentKeyRoutes(new FleetFakes.Keys(calls)).routes(),
            new PresenceRoutes(
                    new FleetFakes.Heartbeats(calls), declaring, caller -> Optional.empty())
                .routes(),
            new AgentSafeguardRoutes(new FleetFakes.Safeguards(calls)).routes(),
            new WorkerRoutes(new FleetFakes.Workers(calls)).routes(),
            new SimulationRoutes(new PortFakes.Imagination(calls)).routes(),
            new QueueOverviewRoutes(new PortFakes.Numbers(calls)).routes(),
            jobs.routes(),
            new JobExplanationRoutes(new PortFakes.Explanations(calls)).routes(),
            new BulkRetryRoutes(new PortFakes.Retries(calls)).routes(),
            new DispatchRoutes(
                    new PortFakes.Dispatch(calls),
                    leased -> Secret.of("mst_job_of_" + leased.job().id()),
                    declaring)
                .routes(),
            new ReportingRoutes(new PortFakes.Reporting(calls)).routes(),
            new AuditRoutes(new AuditFakes.Audit(calls)).routes(),
            new AuditRetentionRoutes(new AuditFakes.AuditDays(calls)).routes())
        .flatMap(List::stream)
        .toList();
  }

  /** A request without a body. */
  Wire.Reply call(String method, String path, String token, String... headers) {
    return send(method, path, token, null, headers);
  }

  /** A request with a JSON body. */
  Wire.Reply send(
      String method, String path, String token, @Nullable String json, String... headers) {
    var all = new ArrayList<>(Arrays.asList(headers));
    if (!token.isEmpty()) {
      all.add("Authorization: Bearer " + token);
    }
    var reply = wire.request(method, path, json, all);
    judge(method, path, reply);
    return reply;
  }

  /** A request with bytes. */
  Wire.Reply put(String path, String token, byte[] body, String contentType) {
    var reply = wire.bytes("PUT", path, body, contentType, "Authorization: Bearer " + token);
    judge("PUT", path, reply);
    return reply;
  }

  @Override
  public void close() {
    server.close();
  }

  private void judge(String method, String path, Wire.Reply reply) {
    var bare = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    server.table().all().stream()
        .filter(r -> r.method().name().equals(method) && r.path().matches(bare))
        .min((a, b) -> Long.compare(places(a), places(b)))
        .ifPresent(route -> {
          var mediaType = reply.header("Content-Type").orElse("").replaceAll(";.*", "");
          ApiDocument.get().judge(route.toString(), reply.status(), mediaType, reply.body());
        });
  }

  private static long places(Route route) {
    return route.path().text().chars().filter(c -> c == '{').count();
  }
}

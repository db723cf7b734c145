package dev.muster.server.running;

import dev.muster.application.access.AccessService;
import dev.muster.application.access.GateService;
import dev.muster.application.scheduling.DispatchService;
import dev.muster.grpc.GrpcServer;
import dev.muster.http.HttpServer;
import dev.muster.http.HttpSettings;
import dev.muster.http.Readiness;
import dev.muster.http.route.Route;
import dev.muster.inline.InlineWorker;
import dev.muster.jdbc.JdbcDatabase;
import dev.muster.jdbc.scheduling.JdbcReplica;
import dev.muster.jdbc.scheduling.JdbcWakeupListener;
import dev.muster.jdbc.scheduling.JdbcWakeups;
import dev.muster.ports.in.access.OperatorAccounts;
import dev.muster.ports.in.audit.AuditKeeping;
import dev.muster.server.configuration.DatabaseChoice;
import dev.muster.server.configuration.ServerConfiguration;
import dev.muster.server.tracing.ServerTracing;
import dev.muster.tracing.Tracing;
import dev.muster.wire.caller.Proxies;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that serves. Thread-safe; started once and closed once. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Closing opened;
  private final HttpServer http;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean closing = new AtomicBoolean();

  private Server(Closing opened, HttpServer http) {
    this.opened = opened;
    this.http = http;
  }

  /** Starts everything; what fails closes what was started before it. */
  public static Server start(ServerConfiguration configuration) {
    configuration.notices().forEach(Server::warn);
    if (configuration.database() instanceof DatabaseChoice.External external
        && external.hasOneLogin()) {
      warn(
          "one database login both migrates and serves: whoever takes the server over can take the"
              + " wall between tenants down; set MUSTER_DB_OWNER_USER");
    }
    Closing opened = new Closing();
    try {
      Listening listening = open(configuration, opened);
      LOG.info(
          "event=ready host={} port={} grpc_port={}",
          configuration.http().host(),
          listening.http().port(),
          listening.grpcPort());
      return new Server(opened, listening.http());
    } catch (RuntimeException failure) {
      opened.close();
      throw failure;
    }
  }

  private static void warn(String text) {
    LOG.warn("event=notice text=\"{}\"", text);
  }

  /**
   * What it listens with.
   *
   * @param grpcPort the port of gRPC, or none
   */
  private record Listening(HttpServer http, String grpcPort) {}

  private static Listening open(ServerConfiguration configuration, Closing opened) {
    DatabaseHost host = opened.later(DatabaseHost.of(configuration));
    JdbcDatabase database = opened.later(host.open());
    JdbcReplica replica = new JdbcReplica();
    String name = ReplicaName.of(replica.id());
    LOG.info("event=starting replica={}", name);
    JdbcWakeups wakeups = new JdbcWakeups(database.transactions(), replica);
    Repositories repositories =
        Repositories.in(database, wakeups, name, configuration.jobs().lease());
    Wiring wiring = new Wiring(repositories, configuration, host.masterKeys());
    prepare(wiring, configuration);
    DispatchService dispatch = opened.later(wiring.dispatch());
    GateService gate = wiring.gate();
    AccessService access = wiring.access(gate);
    wakeups.wake(dispatch);
    wakeups.wake(access);
    wakeups.wake(gate);
    dispatch.start();
    opened.later(JdbcWakeupListener.start(database, replica, wakeups.here()));
    opened.later(SweepSchedule.start(wiring.sweeps(), configuration.jobs().lease()));
    AuditKeeping audit = wiring.auditKeeping();
    opened.later(SweepSchedule.startAudit(audit));
    Tracing tracing = opened.later(ServerTracing.start(configuration.tracing()));
    WorkPorts work = WorkPorts.of(wiring, dispatch, tracing, repositories.clock());
    Runnable stopClaiming = dispatch::close;
    if (configuration.inlineJobs().slots() > 0) {
      InlineWorker worker =
          opened.later(
              InlineWiring.worker(
                  wiring,
                  work,
                  repositories.clock(),
                  configuration.inlineJobs(),
                  name,
                  configuration.jobs().lease()));
      wakeups.wake(worker);
      worker.start();
      stopClaiming =
          () -> {
            worker.stopClaiming();
            dispatch.close();
          };
    }
    Doors doors = new Doors(access, gate);
    Polls polls = new Polls(work, stopClaiming, tracing);
    Optional<GrpcServer> grpc = listenToGrpc(configuration, wiring, doors, polls);
    grpc.ifPresent(opened::later);
    HttpServer http = opened.later(listen(configuration, database, wiring, doors, polls, audit));
    // Both stop at the same time: this one begins to, then HTTP stops, then this one is waited for.
    grpc.ifPresent(server -> opened.later(server::beginStop));
    return new Listening(http, grpc.map(server -> "" + server.port()).orElse("none"));
  }

  private static Optional<GrpcServer> listenToGrpc(
      ServerConfiguration configuration, Wiring wiring, Doors doors, Polls polls) {
    OptionalInt port = configuration.http().grpcPort();
    return port.isEmpty()
        ? Optional.empty()
        : Optional.of(
            GrpcWiring.start(
                port.getAsInt(),
                configuration.http(),
                proxies(configuration.http()),
                doors.access(),
                doors.gate(),
                wiring,
                polls.work(),
                polls.end()));
  }

  /**
   * Where work goes in and out, how agents' waiting ends when the server stops, and who notes it.
   */
  private record Polls(WorkPorts work, Runnable end, Tracing tracing) {}

  /** What callers have to pass. */
  private record Doors(AccessService access, GateService gate) {}

  private static HttpServer listen(
      ServerConfiguration configuration,
      JdbcDatabase database,
      Wiring wiring,
      Doors doors,
      Polls polls,
      AuditKeeping audit) {
    Readiness readiness = new DatabaseReadiness(database, audit);
    return HttpServer.start(
        new HttpSettings(
            configuration.http().host(),
            configuration.http().port(),
            proxies(configuration.http()),
            HttpSettings.Limits.usual(configuration.http().maxConnections())),
        new HttpServer.Collaborators(
            doors.access(),
            doors.gate(),
            wiring.idempotentRequests(),
            readiness,
            polls.end(),
            ServerTracing.requests(polls.tracing())),
        Routes.of(wiring, polls.work(), configuration.access().auditReads()));
  }

  private static Proxies proxies(dev.muster.server.configuration.HttpSettings http) {
    return new Proxies(
        http.trustedHops(),
        http.trustedProxies().isEmpty() ? null : http::isTrustedProxy,
        http.proxySecret());
  }

  private static void prepare(Wiring wiring, ServerConfiguration configuration) {
    wiring.sweeps().preparePartitions();
    OperatorAccounts operators = wiring.operators();
    configuration.access().adminToken().ifPresent(operators::ensureAdministrator);
    if (!operators.any()) {
      warn("there is no operator yet: run admin create-operator NAME, or set MUSTER_ADMIN_TOKEN");
    }
    if (configuration.local().isPresent()) {
      wiring.tenants().ensureLocal();
    }
  }

  /** Everything that it answers. */
  List<Route> routes() {
    return http.table().all();
  }

  /** The port it listens on. */
  public int port() {
    return http.port();
  }

  /** Waits until it has been closed. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Stops: not ready, polls answered, requests finished, then all else in reverse order. */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      LOG.info("event=stopping");
      opened.close();
      LOG.info("event=stopped");
      closed.countDown();
    }
  }
}

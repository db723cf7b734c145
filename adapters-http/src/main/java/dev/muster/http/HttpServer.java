package dev.muster.http;

import dev.muster.http.route.Method;
import dev.muster.http.route.Route;
import dev.muster.http.route.RouteTable;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Gate;
import dev.muster.ports.in.access.IdempotentRequests;
import dev.muster.wire.CannotListen;
import dev.muster.wire.caller.RequestIdRandomness;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The HTTP API over a port. Thread-safe; started once and stopped once. */
public final class HttpServer implements AutoCloseable {
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** A fleet that comes back after an outage connects all at once. */
  private static final int ACCEPT_QUEUE = 1_024;

  private final HttpSettings settings;
  private final Collaborators collaborators;
  private final RouteTable table;
  private final RouteRunner runner;
  private final Stopping stopping = new Stopping();
  private final RequestIdRandomness ids = new RequestIdRandomness();
  private final Javalin javalin;

  /**
   * What the server asks of others.
   *
   * @param access lets callers through
   * @param gate asks of them what is asked besides a credential
   * @param idempotent remembers answers
   * @param readiness tells what is missing
   * @param beforeStop ends parked polls, once the server is no longer ready
   * @param tracing notes how long requests take
   */
  public record Collaborators(
      Access access,
      Gate gate,
      IdempotentRequests idempotent,
      Readiness readiness,
      Runnable beforeStop,
      RequestTracing tracing) {
    /** Of whoever traces nothing. */
    public Collaborators(
        Access access,
        Gate gate,
        IdempotentRequests idempotent,
        Readiness readiness,
        Runnable beforeStop) {
      this(access, gate, idempotent, readiness, beforeStop, RequestTracing.NONE);
    }
  }

  private HttpServer(HttpSettings settings, Collaborators collaborators, List<Route> routes) {
    this.settings = settings;
    this.collaborators = collaborators;
    this.runner = new RouteRunner(collaborators, settings, ids, stopping);
    this.table = new RouteTable(withOwn(routes));
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Starts a server.
   *
   * @param routes besides health and documentation, which are always there
   * @throws CannotListen when the port cannot be had
   */
  public static HttpServer start(
      HttpSettings settings, Collaborators collaborators, List<Route> routes) {
    var server = new HttpServer(settings, collaborators, routes);
    server.javalin.start();
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** All its routes. */
  public RouteTable table() {
    return table;
  }

  /**
   * Stops: no longer ready, parked polls answered, running requests finished or, when they take too
   * long, cut off.
   */
  @Override
  public void close() {
    stopping.begin();
    collaborators.beforeStop().run();
    javalin.stop();
  }

  private List<Route> withOwn(List<Route> routes) {
    var all = new ArrayList<>(routes);
    all.addAll(new HealthRoutes(collaborators.readiness(), stopping).routes());
    all.addAll(DocsRoutes.routes());
    return all;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.router.ignoreTrailingSlashes = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.modifyServer(this::configure);
    config.jetty.modifyHttpConfiguration(HttpServer::configure);
    config.jetty.modifyServletContextHandler(h -> h.setErrorHandler(new JettyErrors(ids)));
    config.jetty.addConnector(this::connector);
    table.all().forEach(route -> add(config, route));
    config.routes.exception(
        HttpResponseException.class,
        (e, context) -> {
          if (e.getStatus() == 404) {
            runner.runUnknown(context, table);
          } else {
            runner.runFailed(context, e);
          }
        });
    config.routes.exception(Exception.class, (e, context) -> runner.runFailed(context, e));
  }

  private void add(JavalinConfig config, Route route) {
    var path = route.path().text();
    config.routes.addHttpHandler(
        HandlerType.findOrCreate(route.method().name()),
        path,
        context -> runner.run(context, route));
    if (route.method() == Method.GET) {
      config.routes.addHttpHandler(HandlerType.HEAD, path, context -> runner.run(context, route));
    }
  }

  private void configure(Server server) {
    server.setErrorHandler(new JettyErrors(ids));
    server.setStopTimeout(settings.limits().stop().toMillis());
    server.setHandler(new GracefulHandler());
  }

  private static void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    // On its second request a connection would get a cache of some 100 KiB for the headers that it
    // repeats, credentials among them: a gigabyte for 10,000 agents that wait.
    http.setHeaderCacheSize(0);
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    var connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.addBean(new HeaderDeadline(connector, settings.limits().header()));
    server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
    bind(connector);
    return connector;
  }

  /** Binds before the start: a failure of the start itself is logged as a bug, with its stack. */
  private static void bind(ServerConnector connector) {
    try {
      connector.open();
    } catch (IOException e) {
      throw CannotListen.on(connector.getHost(), connector.getPort(), e);
    }
  }
}

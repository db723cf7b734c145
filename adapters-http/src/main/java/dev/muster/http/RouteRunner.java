package dev.muster.http;

import dev.muster.http.route.Answer;
import dev.muster.http.route.Body;
import dev.muster.http.route.Guard;
import dev.muster.http.route.Query;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.http.route.RouteTable;
import dev.muster.http.route.Watch;
import dev.muster.ports.in.access.Gate;
import dev.muster.wire.access.Doorman;
import dev.muster.wire.caller.ClientAddress;
import dev.muster.wire.caller.ClientCertificate;
import dev.muster.wire.caller.Origin;
import dev.muster.wire.caller.PresentedReader;
import dev.muster.wire.caller.RequestIdRandomness;
import dev.muster.wire.caller.SignatureHeaders;
import dev.muster.wire.problem.Refusals;
import dev.muster.wire.problem.Rejection;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs requests through their routes. Thread-safe. */
final class RouteRunner {
  private static final int UNAUTHENTICATED = 401;
  private static final int TOO_MANY_REQUESTS = 429;

  private static final Logger LOG = LoggerFactory.getLogger(RouteRunner.class);
  private static final String REQUEST_ID = "request_id";

  private final Doorman doorman;
  private final OnceRunner onceRunner;
  private final TracedRequests traces;
  private final HttpSettings settings;
  private final RequestIdRandomness ids;
  private final Stopping stopping;
  private final ClientAddress clientAddress;
  private final ClientCertificate clientCertificate;
  private final OpenStreams streams = new OpenStreams();

  RouteRunner(
      HttpServer.Collaborators collaborators,
      HttpSettings settings,
      RequestIdRandomness ids,
      Stopping stopping) {
    this.doorman = new Doorman(collaborators.access(), collaborators.gate());
    this.onceRunner = new OnceRunner(collaborators.idempotent());
    this.traces = new TracedRequests(collaborators.tracing());
    this.settings = settings;
    this.ids = ids;
    this.stopping = stopping;
    this.clientAddress = new ClientAddress(settings.proxies());
    this.clientCertificate = new ClientCertificate(settings.proxies());
  }

  /** Answers a request that has a route. */
  void run(Context context, Route route) {
    long begun = System.nanoTime();
    var caller = origin(context);
    var traced = traces.begin(route, caller);
    var origin = caller.inTrace(traced.context());
    AnswerWriter.begin(context, origin.requestId());
    try (var id = MDC.putCloseable(REQUEST_ID, origin.requestId())) {
      AnswerWriter.write(context, answer(context, route, origin));
    } catch (Throwable failure) {
      fail(context, failure, route.toString(), origin.requestId());
    } finally {
      if (!isStrangers(context.statusCode())) {
        traced.end(context.statusCode());
      }
    }
    LOG.atDebug()
        .addKeyValue(REQUEST_ID, origin.requestId())
        .addKeyValue("status", context.statusCode())
        .addKeyValue("ms", (System.nanoTime() - begun) / 1_000_000)
        .log("{}", route);
  }

  /** Nothing is noted of whoever was not let in: they would crowd out what others do. */
  private static boolean isStrangers(int status) {
    return status == UNAUTHENTICATED || status == TOO_MANY_REQUESTS;
  }

  /** Answers a request that has no route. */
  void runUnknown(Context context, RouteTable table) {
    var requestId = origin(context).requestId();
    AnswerWriter.begin(context, requestId);
    var methods = table.methodsOf(context.req().getRequestURI());
    var problem =
        methods.isEmpty()
            ? Rejection.notFound().problem()
            : Refusals.ofStatus(405).withHeader("Allow", String.join(", ", methods));
    AnswerWriter.write(context, problem, requestId);
  }

  /** Answers a request that failed outside its route. */
  void runFailed(Context context, Throwable failure) {
    var requestId = origin(context).requestId();
    AnswerWriter.begin(context, requestId);
    fail(context, failure, "outside of a route", requestId);
  }

  private Answer answer(Context context, Route route, Origin origin) {
    return switch (route.guard()) {
      case Guard.Open open -> open.handler().handle(request(context, route, origin, Watch.NONE));
      case Guard.Needs needs -> {
        var knock = knock(context, origin);
        var admitted = doorman.admit(needs.needed(), knock);
        var request = request(context, route, origin, watch(needs, knock));
        var caller =
            doorman.checkSignature(needs.needed(), knock, admitted, signed(context, request));
        NamedTenant.mustBeTheCallers(request, caller);
        var answer =
            doorman.handled(
                needs.needed(),
                caller,
                () ->
                    route.creates()
                        ? onceRunner.answer(route, needs.handler(), request, caller)
                        : needs.handler().handle(request, caller));
        yield answer instanceof Answer.Stream stream && !AnswerWriter.isHead(context)
            ? streams.counted(caller.principal(), stream)
            : answer;
      }
    };
  }

  /** A credential that is revoked meanwhile ends what it began. */
  private Watch watch(Guard.Needs needs, Doorman.Knock knock) {
    return pause -> !stopping.within(pause) && doorman.stillAdmits(needs.needed(), knock);
  }

  private Doorman.Knock knock(Context context, Origin origin) {
    var headers = new ServletHeaders(context.req());
    return new Doorman.Knock(
        PresentedReader.read(headers),
        clientCertificate.of(headers, context.req().getRemoteAddr()),
        origin,
        context.pathParamMap());
  }

  private static Gate.@Nullable Signed signed(Context context, Request request) {
    return SignatureHeaders.read(
        request.headers(),
        context.req().getMethod(),
        request.target().asSent(),
        request.body()::bytes);
  }

  private Request request(Context context, Route route, Origin origin, Watch watch) {
    var http = context.req();
    var target = new Request.Target(http.getRequestURI(), http.getQueryString());
    var parameters = Query.parse(http.getQueryString(), route.query());
    var body =
        new Body(
            new LimitedBody(http, route.maxBody(), settings.limits().body()),
            new Body.Headers(http.getContentType(), http.getHeader("Content-Encoding")));
    return new Request(
        origin, new ServletHeaders(http), watch, target, context.pathParamMap(), parameters, body);
  }

  private Origin origin(Context context) {
    Origin known = context.attribute(Origin.class.getName());
    if (known != null) {
      return known;
    }
    var headers = new ServletHeaders(context.req());
    var requestId = ids.takeOrMake(headers.single(RequestIdRandomness.HEADER));
    var address = clientAddress.of(headers, context.req().getRemoteAddr());
    var made = Origin.of(headers, requestId, address);
    context.attribute(Origin.class.getName(), made);
    return made;
  }

  private static void fail(Context context, Throwable failure, String where, String requestId) {
    if (context.res().isCommitted()) {
      LOG.atDebug().addKeyValue(REQUEST_ID, requestId).log("{} broke off", where);
      AnswerWriter.breakOff(context);
      return;
    }
    AnswerWriter.write(context, JettyFailures.of(failure, where, requestId), requestId);
  }
}

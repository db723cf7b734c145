package dev.muster.http;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Route;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.IdempotentRequests;
import dev.muster.ports.in.access.Presented;
import dev.muster.wire.caller.Proxies;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server with routes made up for tests, on a free port. */
final class TestServer implements AutoCloseable {
  static final String TOKEN = "mst_user_good";

  private static final Principal PRINCIPAL =
      new Principal.OfAgent(
          new AgentId(new UUID(1, 1)),
          new AgentName("tester"),
          new TenantId(new UUID(1, 2)),
          Set.of(),
          0);

  final CountDownLatch parked = new CountDownLatch(1);
  final CountDownLatch released = new CountDownLatch(1);
  final GateFake gate = new GateFake();
  final AtomicInteger created = new AtomicInteger();
  final List<String> missing = new ArrayList<>();
  final HttpServer http;

  private final Map<String, Remembered> answers = new HashMap<>();

  private record Remembered(byte[] fingerprint, IdempotentRequests.Answer answer) {}

  TestServer(HttpSettings settings) {
    var collaborators =
        new HttpServer.Collaborators(
            TestServer::admit,
            gate,
            this::remember,
            () -> List.copyOf(missing),
            released::countDown);
    http = HttpServer.start(settings, collaborators, routes());
  }

  static TestServer start() {
    return new TestServer(HttpSettings.at("127.0.0.1", 0));
  }

  static HttpSettings impatient(Duration idle) {
    return with(1_000, Duration.ofSeconds(3), idle);
  }

  static HttpSettings with(int connections, Duration header, Duration idle) {
    var limits =
        new HttpSettings.Limits(
            connections, header, idle, Duration.ofSeconds(3), Duration.ofSeconds(10));
    return new HttpSettings("127.0.0.1", 0, Proxies.NONE, limits);
  }

  int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.close();
  }

  private static Outcome<Caller> admit(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job) {
    if (action == Action.TENANT_LIST) {
      return Outcome.refused(Refusal.Code.FORBIDDEN, "Ask an operator.");
    }
    return presented instanceof Presented.Token token && token.token().reveal().equals(TOKEN)
        ? Outcome.done(new Caller(PRINCIPAL, origin))
        : Outcome.refused(Refusal.Code.UNAUTHENTICATED, "whatever the cause");
  }

  private synchronized Outcome<IdempotentRequests.Answer> remember(
      Caller caller, String key, byte[] fingerprint, Supplier<IdempotentRequests.Answer> work) {
    var first = answers.get(key);
    if (first == null) {
      var fresh = work.get();
      if (fresh.status() < 400) {
        answers.put(key, new Remembered(fingerprint, fresh));
      }
      return Outcome.done(fresh);
    }
    if (!Arrays.equals(first.fingerprint(), fingerprint)) {
      return Outcome.refused(Refusal.Code.IDEMPOTENCY_KEY_REUSED, "Use another key.");
    }
    var a = first.answer();
    return Outcome.done(
        new IdempotentRequests.Answer(
            a.status(), a.location(), a.replayBody(), a.replayBody(), true));
  }

  private List<Route> routes() {
    return List.of(
        Route.of(
            Method.POST,
            "/api/v1/echo",
            Action.JOB_GET,
            Audience.USERS,
            (request, caller) -> Answer.ok(request.body().json())),
        Route.of(
                Method.POST,
                "/api/v1/big",
                Action.JOB_GET,
                Audience.USERS,
                (request, caller) ->
                    Answer.ok(Json.object().put("n", request.body().json().size())))
            .withBodyOfMib(8),
        Route.of(
                Method.GET,
                "/api/v1/things",
                Action.JOB_GET,
                Audience.USERS,
                (request, caller) -> {
                  var paging = request.query(Paging.SHAPE);
                  return Answer.ok(Json.object().put("limit", paging.limit()));
                })
            .withQuery("limit", "cursor"),
        Route.of(
                Method.POST,
                "/api/v1/things",
                Action.JOB_SUBMIT,
                Audience.USERS,
                (request, caller) -> {
                  var name =
                      request.read(in -> {
                        var text = in.required("name", Kinds.text(1, 10));
                        var count = in.optional("count", Kinds.integer(1, 5));
                        return () -> text.get() + count.or(1);
                      });
                  return Answer.created(
                          "/api/v1/things/1",
                          Json.object().put("name", name).put("n", created.incrementAndGet()))
                      .replayedAs(Json.object().put("n", created.get()));
                })
            .creating(),
        Route.of(
            Method.GET,
            "/api/v1/admin/tenants",
            Action.TENANT_LIST,
            Audience.OPERATORS,
            (request, caller) -> Answer.ok(Json.object())),
        Route.of(
            Method.GET,
            "/api/v1/away",
            Action.JOB_GET,
            Audience.USERS,
            (request, caller) -> {
              throw new StorageUnavailable("the database is away", new IOException());
            }),
        Route.of(
            Method.GET,
            "/api/v1/things/{id}",
            Action.JOB_GET,
            Audience.USERS,
            (request, caller) -> Answer.ok(Json.object().put("id", request.id("id").toString()))),
        Route.of(
            Method.POST,
            "/api/v1/things/{id}/cancel",
            Action.JOB_CANCEL,
            Audience.USERS,
            (request, caller) -> {
              request.readNothing();
              return Answer.ok(Json.object());
            }),
        Route.open(
            Method.GET,
            "/origin",
            "a test",
            request -> {
              var origin = request.origin();
              return Answer.ok(
                  Json.object()
                      .put("address", origin.address())
                      .put("trace", String.valueOf(origin.trace()))
                      .put("request_id", origin.requestId()));
            }),
        Route.open(
            Method.GET,
            "/park",
            "a test",
            request -> {
              parked.countDown();
              awaitRelease();
              return Answer.ok(Json.object().put("parked", true));
            }),
        Route.open(
            Method.GET,
            "/bug",
            "a test",
            request -> {
              throw new IllegalStateException("a detail nobody should see");
            }),
        Route.open(
            Method.GET,
            "/deep",
            "a test",
            request -> {
              throw new StackOverflowError("a detail nobody should see");
            }));
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.muster.http;

import static dev.muster.http.NonsenseTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.credential.SignedCommand;
import dev.muster.http.Wire.Reply;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.Gate;
import dev.muster.wire.CannotListen;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final int MIB = 1 << 20;

  private TestServer server;
  private Wire wire;

  @BeforeEach
  void start() {
    server = TestServer.start();
    wire = new Wire(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_unknown_path_is_a_404_problem() {
    assertProblem(wire.get("/api/v1/nothing"), 404, "not_found");
    assertProblem(wire.get("/healthz/"), 404, "not_found");
    assertProblem(wire.get("//healthz"), 404, "not_found");
  }

  @Test
  void a_wrong_method_is_405_and_names_the_right_ones() {
    var reply = wire.method("DELETE", "/api/v1/things");

    assertProblem(reply, 405, "method_not_allowed");
    assertThat(reply.header("Allow")).contains("GET, HEAD, POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BEFORE", "AFTER", "x"})
  void an_odd_method_is_a_4xx_problem(String method) {
    var reply = wire.method(method, "/api/v1/things");

    assertThat(reply.status()).isBetween(400, 499);
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
  }

  @Test
  void head_is_answered_like_get_without_the_body() {
    var head = wire.method("HEAD", "/healthz");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(wire.method("HEAD", "/api/v1/things").status()).isEqualTo(401);
  }

  @Test
  void a_caller_without_a_valid_credential_always_gets_the_same_401() {
    var none = wire.get("/api/v1/things");
    var wrong = wire.get("/api/v1/things", "Authorization: Bearer nonsense", "X-Request-Id: same");
    var two =
        wire.get(
            "/api/v1/things",
            "Authorization: Bearer " + TestServer.TOKEN,
            "X-API-Key: other",
            "X-Request-Id: same");

    assertProblem(none, 401, "unauthenticated");
    assertThat(none.header("WWW-Authenticate")).contains("Bearer");
    assertThat(two.text()).isEqualTo(wrong.text());
    assertThat(wire.get("/api/v1/things", "X-API-Key: " + TestServer.TOKEN).status())
        .isEqualTo(200);
  }

  @Test
  void who_may_not_call_does_not_learn_what_is_wrong_with_the_body() {
    var head =
        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\n";

    assertProblem(wire.send(head, new byte[] {'{'}), 401, "unauthenticated");
  }

  @Test
  void an_unforeseen_failure_tells_only_the_request_id() {
    for (var path : new String[] {"/bug", "/deep"}) {
      var reply = wire.get(path, "X-Request-Id: find-me");

      assertProblem(reply, 500, "internal_error");
      assertThat(reply.text()).contains("find-me").doesNotContain("nobody should see");
    }
  }

  @Test
  void a_request_id_is_taken_when_it_is_good_and_made_otherwise() {
    assertThat(wire.get("/origin", "X-Request-Id: a.B_c-1").header("X-Request-Id"))
        .contains("a.B_c-1");
    for (var bad : new String[] {"a b", "a\tb", "ä", "x".repeat(129), ""}) {
      assertThat(wire.get("/origin", "X-Request-Id: " + bad).header("X-Request-Id").orElseThrow())
          .hasSize(36);
    }
  }

  @Test
  void answers_may_not_be_sniffed_or_stored() {
    var reply = wire.get("/healthz");

    assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(reply.header("Server")).isEmpty();
  }

  @Test
  void a_body_of_exactly_the_limit_passes_and_one_byte_more_is_413() {
    assertThat(wire.post("/api/v1/echo", jsonOf(MIB)).status()).isEqualTo(200);
    assertProblem(wire.post("/api/v1/echo", jsonOf(MIB + 1)), 413, "body_too_large");
    assertThat(wire.post("/api/v1/big", jsonOf(8 * MIB)).status()).isEqualTo(200);
    assertProblem(wire.post("/api/v1/big", jsonOf(8 * MIB + 1)), 413, "body_too_large");
  }

  @Test
  void the_limit_holds_for_a_body_that_does_not_tell_its_length() {
    var head =
        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + TestServer.TOKEN
            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    var text = jsonOf(2 * MIB);
    var chunked = Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n";

    assertProblem(wire.send(head, chunked.getBytes(StandardCharsets.UTF_8)), 413, "body_too_large");
  }

  @Test
  void a_body_far_beyond_the_limit_still_gets_its_answer() {
    assertProblem(wire.post("/api/v1/echo", jsonOf(20 * MIB)), 413, "body_too_large");
  }

  @Test
  void a_key_makes_a_repetition_answer_as_the_first_did() {
    var key = "Idempotency-Key: k1";
    var first = wire.post("/api/v1/things", "{\"name\":\"a\",\"count\":1}", key);
    var again = wire.post("/api/v1/things", "{\"count\":1, \"name\":\"a\"}", key);
    var other = wire.post("/api/v1/things", "{\"name\":\"b\"}", key);

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Location")).contains("/api/v1/things/1");
    assertThat(first.text()).isEqualTo("{\"name\":\"a1\",\"n\":1}");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Location")).contains("/api/v1/things/1");
    assertThat(again.text()).isEqualTo("{\"n\":1}");
    assertProblem(other, 422, "idempotency_key_reused");
  }

  @Test
  void a_request_that_was_refused_leaves_its_key_free() {
    var key = "Idempotency-Key: k1";

    assertProblem(wire.post("/api/v1/things", "{}", key), 422, "invalid");
    assertThat(wire.post("/api/v1/things", "{\"name\":\"a\"}", key).status()).isEqualTo(201);
  }

  @Test
  void a_denial_names_the_action_and_the_missing_permission() {
    var reply = wire.authorized("GET", "/api/v1/admin/tenants");

    assertProblem(reply, 403, "forbidden");
    assertThat(reply.json().path("action").asString()).isEqualTo("tenant.list");
    assertThat(reply.json().path("permission").asString()).isEqualTo("system_admin");
  }

  @Test
  void a_storage_that_is_away_is_503_with_a_time_to_come_back() {
    var reply = wire.authorized("GET", "/api/v1/away");

    assertProblem(reply, 503, "unavailable");
    assertThat(reply.header("Retry-After")).contains("5");
    assertThat(reply.text()).doesNotContain("database");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä"})
  void a_malformed_key_is_422(String key) {
    var reply = wire.post("/api/v1/things", "{\"name\":\"a\"}", "Idempotency-Key: " + key);

    assertProblem(reply, 422, "invalid");
    assertThat(server.created).hasValue(0);
  }

  @Test
  void a_key_has_at_most_255_characters() {
    var longest = "Idempotency-Key: " + "k".repeat(255);

    assertThat(wire.post("/api/v1/things", "{\"name\":\"a\"}", longest).status()).isEqualTo(201);
    assertProblem(wire.post("/api/v1/things", "{\"name\":\"a\"}", longest + "k"), 422, "invalid");
  }

  @Test
  void many_callers_at_once_are_all_answered() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var replies =
          IntStream.range(0, 300)
              .mapToObj(i -> pool.submit(() -> wire.post("/api/v1/echo", "{\"i\":" + i + "}")))
              .toList();

      for (int i = 0; i < 300; i++) {
        assertThat(replies.get(i).get().text()).isEqualTo("{\"i\":" + i + "}");
      }
    }
  }

  @Test
  void readiness_names_what_is_missing() {
    assertThat(wire.get("/readyz").status()).isEqualTo(200);

    server.missing.add("database");

    var reply = wire.get("/readyz");
    assertProblem(reply, 503, "unavailable");
    assertThat(reply.header("Retry-After")).isPresent();
    assertThat(reply.text()).contains("database");
    assertThat(wire.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void a_stop_answers_parked_polls_and_ends_soon() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reply> poll = pool.submit(() -> wire.get("/park"));
      assertThat(server.parked.await(10, TimeUnit.SECONDS)).isTrue();

      long begun = System.nanoTime();
      server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      assertThat(poll.get().status()).isEqualTo(200);
    }
    assertThatThrownBy(() -> wire.get("/healthz")).isInstanceOf(AssertionError.class);
  }

  @Test
  void a_poll_may_be_parked_longer_than_an_idle_connection_lives() throws Exception {
    try (var impatient = new TestServer(TestServer.impatient(Duration.ofMillis(300)));
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var poll = pool.submit(() -> new Wire(impatient.port()).get("/park"));
      assertThat(impatient.parked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> poll.get(1500, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);

      impatient.released.countDown();

      assertThat(poll.get().status()).isEqualTo(200);
    }
  }

  @Test
  void a_body_that_never_comes_is_given_up() {
    try (var impatient = new TestServer(TestServer.impatient(Duration.ofMillis(300)))) {
      var reply =
          new Wire(impatient.port())
              .send(
                  "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + TestServer.TOKEN
                      + "\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{",
                  new byte[0]);

      assertProblem(reply, 408, "request_timeout");
    }
  }

  @Test
  void a_taken_port_is_one_clear_line() throws IOException {
    try (var taken = new ServerSocket(0)) {
      var settings = HttpSettings.at("0.0.0.0", taken.getLocalPort());

      assertThatThrownBy(() -> new TestServer(settings))
          .isInstanceOf(CannotListen.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()))
          .hasMessageContaining("taken")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void an_address_that_is_not_ours_is_one_clear_line() {
    assertThatThrownBy(() -> new TestServer(HttpSettings.at("192.0.2.1", 0)))
        .isInstanceOf(CannotListen.class)
        .hasMessageNotContaining("\n");
  }

  private static String jsonOf(int bytes) {
    return "[\"" + "a".repeat(bytes - 4) + "\"]";
  }

  @Test
  void what_is_signed_are_the_bytes_of_the_body_and_the_target_as_sent() {
    wire.post(
        "/api/v1/echo?",
        "{ \"a\":1}",
        "X-Signature-Timestamp: 1",
        "X-Signature-Nonce: n",
        "X-Signature: s");
    wire.post("/api/v1/echo", "{}");

    assertThat(server.gate.signed)
        .containsExactly(
            new Gate.Signed(
                "POST",
                "/api/v1/echo?",
                "1",
                "n",
                "s",
                SignedCommand.hashOf("{ \"a\":1}".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void a_signature_is_judged_before_anything_is_made_of_the_body() {
    server.gate.refusal = Refusal.of(Refusal.Code.SIGNATURE_INVALID, "It is not yours.");

    var reply = wire.post("/api/v1/echo", "{", "X-Signature: s");

    assertProblem(reply, 403, "signature_invalid");
  }

  @Test
  void who_calls_too_often_is_told_how_often_and_when_again() {
    server.gate.refusal =
        new Refusal(
            Refusal.Code.RATE_LIMITED,
            "Enough.",
            List.of(),
            new Refusal.Allowance(600, Duration.ofSeconds(7)));

    var reply = wire.post("/api/v1/echo", "{}");

    assertProblem(reply, 429, "rate_limited");
    assertThat(reply.header("Retry-After")).contains("7");
    assertThat(reply.header("RateLimit-Limit")).contains("600");
    assertThat(reply.header("RateLimit-Remaining")).contains("0");
    assertThat(reply.header("RateLimit-Reset")).contains("7");
  }

  @Test
  void a_certificate_that_a_stranger_tells_of_is_not_passed_on() {
    wire.post("/api/v1/echo", "{}", "X-Client-Cert-Fingerprint: " + "ab".repeat(32));

    assertThat(server.gate.certificates).containsExactly(Optional.empty());
  }
}

package dev.muster.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.SignedCommand;
import dev.muster.ports.Refusal;
import dev.muster.protocol.agent.v1.Document;
import dev.muster.wire.CannotListen;
import dev.muster.wire.caller.Proxies;
import io.grpc.Status.Code;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same door, documents and refusals as over HTTP. */
class GrpcServerTest {
  private static final String JOB = "01920000-0000-7000-8000-000000000001";
  private static final String[] KEY = {"authorization", "Bearer " + PortsFake.TOKEN};
  private static final String WAIT = "{\"max_jobs\": 1, \"wait_seconds\": 60}";

  private final PortsFake ports = new PortsFake();
  private final GrpcServer server = start(TestLimits.USUAL);
  private final TestClient client = new TestClient(server.port());

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void a_heartbeat_is_taken_and_answered_by_the_same_document() throws Exception {
    var call =
        client.unary(
            "Heartbeat", TestClient.call("", "{\"active_jobs\": [], \"draining\": true}"), KEY);

    assertThat(text(call.message()))
        .isEqualTo("{\"status\":\"ok\",\"cancel\":[],\"lost\":[],\"next_heartbeat_seconds\":20}");
    assertThat(call.end().status().isOk()).isTrue();
    assertThat(ports.heartbeats).singleElement().satisfies(h -> assertThat(h.draining()).isTrue());
  }

  @Test
  void a_call_of_two_messages_is_refused_and_does_nothing() throws Exception {
    var heartbeat = TestClient.call("", "{\"active_jobs\": []}");

    var call = client.open("Heartbeat", io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING, KEY);
    call.call.sendMessage(heartbeat);
    call.call.sendMessage(heartbeat);
    call.call.halfClose();

    assertThat(call.end().status().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(ports.heartbeats).isEmpty();
  }

  @Test
  void log_lines_reach_the_job_that_the_message_names() throws Exception {
    var lines =
        "{\"attempt\": 1, \"lines\": [{\"seq\": 1, \"stream\": \"stdout\","
            + " \"at\": \"2026-01-02T03:04:05Z\", \"text\": \"hello\"}]}";

    var call = client.unary("Log", TestClient.call(JOB, lines), KEY);

    assertThat(text(call.message())).isEqualTo("{\"accepted\":1}");
  }

  @Test
  void a_refusal_is_the_problem_that_it_is_over_http() throws Exception {
    var report = TestClient.call(JOB, "{\"attempt\": 1, \"status\": \"running\"}");

    var end = client.unary("Report", report, KEY).end();

    assertThat(end.status().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(end.problem()).contains("\"code\":\"lease_lost\"", "\"status\":409", "request_id");
  }

  @Test
  void one_report_that_is_refused_is_an_answer_of_the_batch() throws Exception {
    var batch =
        "{\"reports\": [{\"id\": \"" + JOB + "\", \"attempt\": 1, \"status\": \"running\"}]}";

    var call = client.unary("ReportAll", TestClient.call("", batch), KEY);

    assertThat(text(call.message())).contains("\"status\":409,\"code\":\"lease_lost\"");
  }

  @Test
  void whoever_is_not_let_in_is_told_so_before_anything_is_read() throws Exception {
    var stranger = client.work("another-key");

    assertThat(stranger.end().status().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(stranger.end().problem()).contains("\"code\":\"unauthenticated\"");
    assertThat(stranger.end().header("www-authenticate")).isEqualTo("Bearer");
    assertThat(ports.waiting).isEmpty();
  }

  @Test
  void two_credentials_that_disagree_are_none() throws Exception {
    var end =
        client.unary("Heartbeat", TestClient.call("", ""), KEY[0], KEY[1], "x-api-key", "b").end();

    assertThat(end.status().getCode()).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void who_calls_too_often_is_told_when_to_come_back() throws Exception {
    ports.atTheDoor =
        new Refusal(
            Refusal.Code.RATE_LIMITED,
            "Slow down.",
            List.of(),
            new Refusal.Allowance(60, Duration.ofSeconds(7)));

    var end = client.work(PortsFake.TOKEN).end();

    assertThat(end.status().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(end.header("retry-after")).isEqualTo("7");
  }

  @Test
  void questions_on_one_stream_are_answered_by_their_numbers() throws Exception {
    ports.grants.add(PortsFake.DRAIN);
    var stream = client.work(PortsFake.TOKEN).ask(7, WAIT);

    assertThat(stream.granted())
        .satisfies(
            granted -> assertThat(granted.getNumber()).isEqualTo(7),
            granted ->
                assertThat(granted.getClaimed().toStringUtf8()).contains("{\"type\":\"drain\"}"));

    ports.grants.add(PortsFake.DRAIN);
    assertThat(stream.ask(8, WAIT).granted().getNumber()).isEqualTo(8);
    assertThat(ports.origins).as("the first is what the stream was opened for").hasSize(2);
  }

  @Test
  void a_key_that_is_revoked_ends_the_stream_with_its_next_question() throws Exception {
    ports.grants.add(PortsFake.DRAIN);
    var stream = client.work(PortsFake.TOKEN).ask(1, WAIT);
    stream.granted();

    ports.token = "revoked";

    assertThat(stream.ask(2, WAIT).end().status().getCode()).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void the_next_question_takes_the_place_of_the_one_that_waits() throws Exception {
    var stream = client.work(PortsFake.TOKEN).ask(1, WAIT);
    awaitWaiting();

    stream.ask(2, WAIT);
    awaitWaiting();
    ports.grants.add(PortsFake.DRAIN);

    assertThat(stream.granted().getNumber()).isEqualTo(2);
    assertThat(ports.interrupted).hasValue(1);
    assertThat(stream.hasMessages()).isFalse();
  }

  @Test
  void an_agent_that_goes_away_waits_no_more() throws Exception {
    var stream = client.work(PortsFake.TOKEN).ask(1, WAIT);
    awaitWaiting();

    stream.call.cancel("gone", null);

    Await.until(() -> ports.interrupted.get() == 1);
  }

  @Test
  void a_server_that_stops_answers_what_waits_and_ends_the_stream_well() throws Exception {
    var asking = client.work(PortsFake.TOKEN).ask(1, WAIT);
    awaitWaiting();
    ports.grants.add(PortsFake.DRAIN);
    asking.granted();
    asking.ask(2, WAIT);
    awaitWaiting();

    server.close();

    assertThat(asking.granted().getClaimed().toStringUtf8()).contains("\"no_job_available\":true");
    assertThat(asking.end().status().isOk()).isTrue();
  }

  @Test
  void a_server_that_stops_ends_a_stream_without_a_question_at_once() throws Exception {
    ports.grants.add(PortsFake.DRAIN);
    var quiet = client.work(PortsFake.TOKEN).ask(1, WAIT);
    quiet.granted();

    server.beginStop();

    assertThat(quiet.end().status().isOk()).isTrue();
  }

  @Test
  void a_stream_that_asks_for_nothing_is_ended() throws Exception {
    try (var hasty = start(TestLimits.hasty(Duration.ofMillis(300)));
        var other = new TestClient(hasty.port())) {
      assertThat(other.work(PortsFake.TOKEN).end().problem()).contains("request_timeout");
      // As a stream, because what takes one message sends its headers with it.
      assertThat(
              other
                  .open("Heartbeat", io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING, KEY)
                  .end()
                  .problem())
          .contains("request_timeout");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"max_jobs\": 1, \"max_jobs\": 2}", "{\"unknown\": 1}"})
  void a_document_is_read_as_strictly_as_over_http(String claim) throws Exception {
    var end = client.work(PortsFake.TOKEN).ask(1, claim).end();

    assertThat(end.status().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(end.problem()).containsAnyOf("\"code\":\"malformed_json\"", "\"code\":\"invalid\"");
  }

  @Test
  void a_document_of_many_faults_is_refused_in_few_words() throws Exception {
    var unknown = new StringBuilder("{\"a0\": 0");
    for (int i = 1; i < 500; i++) {
      unknown.append(", \"a_field_that_nobody_knows_").append(i).append("\": 0");
    }

    var end = client.work(PortsFake.TOKEN).ask(1, unknown.append('}').toString()).end();

    assertThat(end.problem()).contains("\"code\":\"invalid\"").hasSizeLessThan(4_096);
  }

  @Test
  void bytes_that_are_no_message_are_refused() throws Exception {
    byte[] nonsense = {(byte) 0xff, 0x01, 0x02, (byte) 0xff};
    var stream = client.work(PortsFake.TOKEN);
    stream.call.sendMessage(nonsense);

    assertThat(stream.end().problem()).contains("\"code\":\"malformed_request\"");
    assertThat(client.unary("Heartbeat", nonsense, KEY).end().problem())
        .contains("\"code\":\"malformed_request\"");
  }

  @Test
  void what_is_too_long_is_refused_by_the_limit_of_its_operation() throws Exception {
    var long1 = " ".repeat((1 << 20) + 1);

    assertThat(client.work(PortsFake.TOKEN).ask(1, long1).end().problem())
        .contains("\"code\":\"body_too_large\"");
    assertThat(client.unary("Heartbeat", TestClient.call("", long1), KEY).end().problem())
        .contains("\"code\":\"body_too_large\"");
    assertThat(
            client
                .unary("Report", TestClient.call(JOB, " ".repeat((4 << 20) + 1)), KEY)
                .end()
                .problem())
        .contains("\"code\":\"body_too_large\"");
  }

  @Test
  void what_is_longer_than_anything_may_be_is_not_taken_in() throws Exception {
    var end = client.unary("Log", TestClient.call(JOB, " ".repeat(12 << 20)), KEY).end();

    assertThat(end.status().isOk()).isFalse();
    assertThat(ports.logged).isEmpty();
  }

  @Test
  void a_signed_call_is_checked_over_the_bytes_of_its_message() throws Exception {
    byte[] message = TestClient.call("", "{}");
    client
        .unary(
            "Heartbeat",
            message,
            KEY[0],
            KEY[1],
            "x-signature-timestamp",
            "1800000000",
            "x-signature-nonce",
            "abcdefghijklmnopqrstuv",
            "x-signature",
            "ab")
        .end();

    assertThat(ports.signed)
        .singleElement()
        .satisfies(
            signed -> assertThat(signed.method()).isEqualTo("GRPC"),
            signed ->
                assertThat(signed.target()).isEqualTo("/muster.agent.v1.AgentService/Heartbeat"),
            signed -> assertThat(signed.bodyHash()).isEqualTo(SignedCommand.hashOf(message)));
  }

  @Test
  void an_agent_that_must_sign_is_not_let_through_without() throws Exception {
    ports.atTheGate = Refusal.of(Refusal.Code.SIGNATURE_REQUIRED, "Sign it.");

    assertThat(client.work(PortsFake.TOKEN).ask(1, WAIT).end().problem())
        .contains("\"code\":\"signature_required\"");
    assertThat(client.unary("Heartbeat", TestClient.call("", "{}"), KEY).end().problem())
        .contains("\"code\":\"signature_required\"");
    assertThat(ports.waiting).isEmpty();
    assertThat(ports.heartbeats).isEmpty();
  }

  @Test
  void a_certificate_is_believed_of_a_proxy_that_shows_the_secret_and_of_nobody_else()
      throws Exception {
    var behind =
        new Proxies(
            1, address -> address.isLoopbackAddress(), Optional.of(Secret.of("between-us-only-1")));
    try (var proxied =
            GrpcServer.start(
                new GrpcSettings("127.0.0.1", 0, behind, TestLimits.USUAL), ports.collaborators());
        var other = new TestClient(proxied.port())) {
      String[] shown = {
        "x-client-cert-fingerprint", "ab".repeat(32), "x-forwarded-for", "192.0.2.7"
      };
      other.unary("Heartbeat", TestClient.call("", "{}"), with(KEY, shown)).end();
      assertThat(ports.certificates).isEmpty();

      String[] secret = {"x-proxy-secret", "between-us-only-1"};
      other.unary("Heartbeat", TestClient.call("", "{}"), with(with(KEY, shown), secret)).end();
      assertThat(ports.certificates).hasSize(1);
      assertThat(ports.origins.getLast().address()).isEqualTo("192.0.2.7");
    }
  }

  @Test
  void a_port_that_is_taken_is_told_in_one_line() {
    var taken = new GrpcSettings("127.0.0.1", server.port(), Proxies.NONE, TestLimits.USUAL);

    assertThatThrownBy(() -> GrpcServer.start(taken, ports.collaborators()))
        .isInstanceOf(CannotListen.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
  }

  @Test
  void connections_beyond_the_limit_are_closed() throws Exception {
    try (var small = start(GrpcSettings.Limits.usual(1));
        var first = new Socket(InetAddress.getLoopbackAddress(), small.port());
        var second = new Socket(InetAddress.getLoopbackAddress(), small.port())) {
      second.setSoTimeout(20_000);
      // HTTP/2 servers speak first; who is closed at once hears nothing.
      assertThat(first.getInputStream().read()).isNotEqualTo(-1);
      assertThat(readOrReset(second)).isEqualTo(-1);
    }
  }

  private static int readOrReset(Socket socket) throws Exception {
    try {
      return socket.getInputStream().read();
    } catch (java.net.SocketException reset) {
      return -1;
    }
  }

  private GrpcServer start(GrpcSettings.Limits limits) {
    return GrpcServer.start(
        new GrpcSettings("127.0.0.1", 0, Proxies.NONE, limits), ports.collaborators());
  }

  private void awaitWaiting() throws InterruptedException {
    assertThat(ports.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  private static String[] with(String[] some, String[] more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private static String text(byte[] message) throws Exception {
    return new String(Document.parseFrom(message).getJson().toByteArray(), StandardCharsets.UTF_8);
  }
}

package dev.muster.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.fake.FakeProxy;
import dev.muster.agent.network.ForwardProxy;
import dev.muster.agent.network.GrpcChannels;
import dev.muster.agent.network.GrpcEndpoint;
import dev.muster.agent.network.Route;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.SignedCommand;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back over gRPC means what it means over HTTP. */
class GrpcServerApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_ANSWER_BYTES = 256 * 1024;
  private static final int MOST_JOBS_BYTES = 32 << 20;
  private static final Lease LEASE = new Lease(new JobId(new UUID(3, 4)), 2);
  private static final String NOTHING =
      "{\"job\": null, \"jobs\": [], \"no_job_available\": true, \"control\": []}";

  @TempDir Path folder;
  private FakeStreams server;
  private GrpcChannels channels;
  private GrpcServerApi api;
  private Credential credential = FakeStreams.CREDENTIAL;

  @BeforeEach
  void start() throws Exception {
    server = new FakeStreams();
    channels = channels(server.port(), false, Route.DIRECT, null);
    api = api(Signing.NONE, PATIENCE);
  }

  @AfterEach
  void close() {
    channels.close();
    server.close();
  }

  @Test
  void a_heartbeat_is_the_same_document_as_over_http() throws Exception {
    server.answer((call, message) ->
        FakeStreams.document(
            call,
            "{\"status\": \"ok\", \"cancel\": [\"%s\"], \"lost\": [], \"next_heartbeat_seconds\": 7}"
                .formatted(LEASE.job())));

    Reply<HeartbeatAnswer> reply = api.heartbeat(new Heartbeat(List.of(LEASE), "1.0", false));

    assertThat(reply)
        .isEqualTo(
            new Reply.Ok<>(
                new HeartbeatAnswer(List.of(LEASE.job()), List.of(), Duration.ofSeconds(7))));
    FakeStreams.Heard heard = server.next();
    assertThat(heard.header("authorization")).isEqualTo("Bearer the-key");
    assertThat(heard.header("x-agent-instance")).isEqualTo(new UUID(7, 7).toString());
  }

  @Test
  void what_muster_refuses_is_believed() throws Exception {
    assertThat(refused(Status.UNAUTHENTICATED, 401, "unauthenticated"))
        .isInstanceOf(Reply.Unauthorized.class);
    assertThat(refused(Status.PERMISSION_DENIED, 403, "agent_disabled"))
        .isInstanceOf(Reply.Disabled.class);
    assertThat(refused(Status.FAILED_PRECONDITION, 409, "lease_lost"))
        .isInstanceOf(Reply.LeaseLost.class);
    assertThat(refused(Status.INVALID_ARGUMENT, 422, "invalid")).isInstanceOf(Reply.Refused.class);
    assertThat(refused(Status.PERMISSION_DENIED, 403, "signature_required"))
        .isInstanceOf(Reply.Unavailable.class);
    assertThat(refused(Status.RESOURCE_EXHAUSTED, 429, "rate_limited", "retry-after", "9"))
        .isInstanceOfSatisfying(
            Reply.Unavailable.class,
            away -> assertThat(away.retryAfter()).isEqualTo(Duration.ofSeconds(9)));
  }

  @Test
  void what_anybody_else_refuses_is_worth_a_retry() throws Exception {
    for (Status status :
        List.of(
            Status.UNAUTHENTICATED,
            Status.PERMISSION_DENIED,
            Status.UNIMPLEMENTED,
            Status.INTERNAL,
            Status.UNAVAILABLE.withDescription("\u001b[31m" + "x".repeat(9_000)))) {
      server.answer((call, message) -> call.close(status, new Metadata()));

      assertThat(report())
          .isInstanceOfSatisfying(
              Reply.Unavailable.class,
              away -> assertThat(away.reason()).hasSizeLessThan(500).doesNotContain("\u001b"));
    }
  }

  @Test
  void nonsense_is_no_answer_of_musters() throws Exception {
    for (byte[] nonsense : List.of(new byte[0], new byte[] {-1, 1, 2, -1}, "{}".getBytes())) {
      server.answer((call, message) -> FakeStreams.bytes(call, nonsense));

      assertThat(report()).isInstanceOf(Reply.Unavailable.class);
    }
    server.answer((call, message) -> FakeStreams.document(call, "{\"status\": \"completed\"}"));
    assertThat(report()).isInstanceOf(Reply.Unavailable.class);
  }

  @Test
  void an_answer_that_is_too_long_is_not_taken_in() throws Exception {
    String answer = "{\"accepted\": 1}";
    String roomy = answer + " ".repeat(MOST_ANSWER_BYTES - 100);
    server.answer((call, message) -> FakeStreams.document(call, roomy));
    assertThat(ship(channels)).as("one that just fits").isInstanceOf(Reply.Ok.class);

    String tooLong = answer + " ".repeat(MOST_ANSWER_BYTES);
    server.answer((call, message) -> FakeStreams.document(call, tooLong));
    assertThat(ship(channels)).isInstanceOf(Reply.Unavailable.class);
  }

  @Test
  void jobs_that_are_too_long_are_not_taken_in() throws Exception {
    OpenPoll poll = api.claim(claim(1));
    FakeStreams.granted(server.next(), NOTHING + " ".repeat(MOST_JOBS_BYTES));

    assertThat(poll.await()).containsInstanceOf(Reply.Unavailable.class);
  }

  @Test
  void a_stream_that_is_answered_nonsense_is_given_up_and_nothing_else() throws Exception {
    OpenPoll first = api.claim(claim(1));
    FakeStreams.Heard heard = server.next();
    heard.call().sendMessage(new byte[] {-1, 1, 2, -1});

    assertThat(first.await()).containsInstanceOf(Reply.Unavailable.class);
    assertThat(server.nextCancelled()).isSameAs(heard.call());

    server.answer((call, message) -> FakeStreams.document(call, "{\"accepted\": 1}"));
    assertThat(ship(channels)).isInstanceOf(Reply.Ok.class);
    assertThat(server.next().peer()).as("on the same connection").isEqualTo(heard.peer());

    server.answer((call, message) -> {});
    OpenPoll second = api.claim(claim(1));
    FakeStreams.Heard again = server.next();
    FakeStreams.granted(again, NOTHING);
    assertThat(second.await()).containsInstanceOf(Reply.Ok.class);
    assertThat(again.call()).isNotSameAs(heard.call());
    assertThat(again.peer()).isEqualTo(heard.peer());
  }

  @Test
  void a_server_that_does_not_answer_is_not_waited_for() throws Exception {
    api = api(Signing.NONE, Duration.ofMillis(300));

    assertThat(report())
        .isInstanceOfSatisfying(
            Reply.Unavailable.class, away -> assertThat(away.reason()).contains("in time"));
  }

  @Test
  void a_server_that_is_not_there_is_away_and_found_as_soon_as_it_is() throws Exception {
    int port = server.port();
    server.close();
    assertThat(report()).isInstanceOf(Reply.Unavailable.class);
    assertThat(report())
        .isInstanceOfSatisfying(
            Reply.Unavailable.class, away -> assertThat(away.reason()).contains("Connect"));

    try (FakeStreams back = new FakeStreams(port)) {
      back.answer((call, message) -> FakeStreams.refuse(call, Status.NOT_FOUND, 404, "not_found"));
      assertThat(report()).isInstanceOf(Reply.Refused.class);
    }
  }

  @Test
  void questions_go_on_one_stream_and_are_answered_there() throws Exception {
    OpenPoll first = api.claim(claim(1));
    FakeStreams.Heard heard = server.next();
    FakeStreams.granted(heard, NOTHING);
    assertThat(first.await()).containsInstanceOf(Reply.Ok.class);

    OpenPoll second = api.claim(claim(2));
    FakeStreams.Heard again = server.next();
    FakeStreams.granted(again, NOTHING);

    assertThat(second.await()).containsInstanceOf(Reply.Ok.class);
    assertThat(again.call()).isSameAs(heard.call());
    assertThat(again.ask().getClaim().toStringUtf8()).contains("\"max_jobs\":2");
  }

  @Test
  void an_answer_to_a_question_that_was_given_up_is_not_taken_for_the_next() throws Exception {
    OpenPoll first = api.claim(claim(0));
    FakeStreams.Heard heard = server.next();
    first.end();
    assertThat(first.await()).isEmpty();

    OpenPoll second = api.claim(claim(1));
    FakeStreams.Heard again = server.next();
    FakeStreams.granted(heard, "{\"jobs\": [], \"control\": [{\"type\": \"drain\"}]}");
    FakeStreams.granted(again, NOTHING);

    assertThat(second.await())
        .hasValueSatisfying(reply ->
            assertThat(reply)
                .isInstanceOfSatisfying(
                    Reply.Ok.class,
                    ok ->
                        assertThat(((ClaimAnswer) ok.value()).control())
                            .as("not the drain")
                            .isEmpty()));
  }

  @Test
  void a_stream_that_is_cut_is_opened_again_by_the_next_question() throws Exception {
    OpenPoll first = api.claim(claim(1));
    FakeStreams.Heard heard = server.next();
    heard.call().close(Status.UNAVAILABLE, new Metadata());
    assertThat(first.await()).containsInstanceOf(Reply.Unavailable.class);

    OpenPoll second = api.claim(claim(1));
    FakeStreams.Heard again = server.next();
    FakeStreams.granted(again, NOTHING);

    assertThat(second.await()).containsInstanceOf(Reply.Ok.class);
    assertThat(again.call()).isNotSameAs(heard.call());
    assertThat(again.ask().getClaim()).as("the same claim_id").isEqualTo(heard.ask().getClaim());
  }

  @Test
  void a_key_that_is_refused_on_the_stream_is_told_as_such() throws Exception {
    server.answer((call, message) ->
        FakeStreams.refuse(call, Status.UNAUTHENTICATED, 401, "unauthenticated"));

    assertThat(api.claim(claim(1)).await()).containsInstanceOf(Reply.Unauthorized.class);
  }

  @Test
  void another_credential_is_shown_on_another_stream() throws Exception {
    OpenPoll first = api.claim(claim(1));
    FakeStreams.granted(server.next(), NOTHING);
    first.await();

    credential = new Credential(Secret.of("the-next-key"), new UUID(7, 7), "by-name");
    api.claim(claim(1));

    FakeStreams.Heard heard = server.next();
    assertThat(heard.header("authorization")).isEqualTo("Bearer the-next-key");
    assertThat(heard.header("x-agent-name")).isEqualTo("by-name");
  }

  @Test
  void each_question_and_each_call_is_signed_by_itself() throws Exception {
    Secret secret = Secret.of("ab".repeat(32));
    Signing signing =
        new Signing(
            new UUID(1, 2),
            () -> Optional.of(secret),
            unused -> {},
            () -> "N".repeat(22),
            () -> Instant.ofEpochSecond(1_800_000_000));
    api = api(signing, PATIENCE);
    api.claim(claim(1));
    var ask = server.next().ask();
    assertThat(ask.getSignature().getSignature())
        .isEqualTo(
            new SignedCommand(
                    "GRPC",
                    "/muster.agent.v1.AgentService/Work",
                    new UUID(1, 2),
                    1_800_000_000,
                    "N".repeat(22),
                    SignedCommand.hashOf(ask.getClaim().toByteArray()))
                .signature(secret));

    server.answer((call, message) -> FakeStreams.document(call, "{\"accepted\": 1}"));
    api.ship(
        LEASE, List.of(new LogLine(1, LogLine.Stream.STDOUT, Instant.ofEpochSecond(1), "hello")));

    FakeStreams.Heard heard = server.next();
    assertThat(heard.header("x-signature"))
        .isEqualTo(
            new SignedCommand(
                    "GRPC",
                    "/muster.agent.v1.AgentService/Log",
                    new UUID(1, 2),
                    1_800_000_000,
                    "N".repeat(22),
                    SignedCommand.hashOf(heard.message()))
                .signature(secret));
  }

  @Test
  void over_tls_whom_nobody_vouches_for_is_not_spoken_to() throws Exception {
    PrivateAuthority authority = new PrivateAuthority(folder);
    try (FakeStreams secure =
        new FakeStreams(
            TlsServerCredentials.create(
                authority.serverCertificate().toFile(), authority.serverKey().toFile()))) {
      secure.answer((call, message) -> FakeStreams.document(call, "{\"accepted\": 1}"));
      try (GrpcChannels strange = channels(secure.port(), true, Route.DIRECT, null)) {
        assertThat(ship(strange))
            .isInstanceOfSatisfying(
                Reply.Unavailable.class, away -> assertThat(away.untrusted()).isTrue());
      }
      try (GrpcChannels known =
          channels(secure.port(), true, Route.DIRECT, authority.certificate())) {
        assertThat(ship(known)).isInstanceOf(Reply.Ok.class);
      }
    }
  }

  @Test
  void the_way_out_is_the_proxy_with_its_user_and_password() throws Exception {
    PrivateAuthority authority = new PrivateAuthority(folder);
    try (FakeProxy proxy = new FakeProxy("ada:pass:word");
        FakeStreams secure =
            new FakeStreams(
                TlsServerCredentials.create(
                    authority.serverCertificate().toFile(), authority.serverKey().toFile()))) {
      secure.answer((call, message) -> FakeStreams.document(call, "{\"accepted\": 1}"));
      Route through =
          new Route(
              Optional.of(ForwardProxy.basic(proxy.url(), "ada", Secret.of("pass:word"))),
              List.of());
      try (GrpcChannels proxied = channels(secure.port(), true, through, authority.certificate())) {
        assertThat(ship(proxied)).isInstanceOf(Reply.Ok.class);
      }
      assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT localhost:");
    }
  }

  @Test
  void a_proxy_whose_name_is_not_found_is_looked_up_again_and_not_waited_for() throws Exception {
    Route through =
        new Route(
            Optional.of(
                ForwardProxy.basic(
                    URI.create("http://proxy.invalid:3128"), "ada", Secret.of("pass:word"))),
            List.of());
    try (GrpcChannels lost = channels(443, true, through, null)) {
      for (int attempt = 0; attempt < 3; attempt++) {
        Instant begun = Instant.now();

        assertThat(ship(lost)).isInstanceOf(Reply.Unavailable.class);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(PATIENCE.dividedBy(2));
      }
    }
  }

  private Reply<?> ship(GrpcChannels over) throws InterruptedException {
    return new GrpcServerApi(over, () -> credential, Signing.NONE, PATIENCE, InstantSource.system())
        .ship(
            LEASE,
            List.of(new LogLine(1, LogLine.Stream.STDOUT, Instant.ofEpochSecond(1), "hello")));
  }

  private Reply<?> refused(Status status, int http, String code, String... headers)
      throws InterruptedException {
    server.answer((call, message) -> FakeStreams.refuse(call, status, http, code, headers));
    return report();
  }

  private Reply<?> report() throws InterruptedException {
    return api.report(StatusReport.cancelled(LEASE));
  }

  private static Claim claim(int jobs) {
    return new Claim(
        List.of(), List.of(), "task", "*", jobs, Duration.ofSeconds(5), new UUID(5, 5), false);
  }

  private GrpcServerApi api(Signing signing, Duration patience) {
    return new GrpcServerApi(channels, () -> credential, signing, patience, InstantSource.system());
  }

  private static GrpcChannels channels(int port, boolean tls, Route route, @Nullable Path ca)
      throws Exception {
    return GrpcChannels.open(
        new GrpcChannels.Way(
            new GrpcEndpoint("localhost", port, tls), route, ca, Optional.empty()));
  }
}

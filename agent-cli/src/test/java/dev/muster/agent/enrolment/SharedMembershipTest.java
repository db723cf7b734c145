package dev.muster.agent.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.BackoffRandomness;
import dev.muster.agent.api.Credential;
import dev.muster.agent.api.Heartbeat;
import dev.muster.agent.api.HttpServerApi;
import dev.muster.agent.api.Introduction;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.SharedEnrolmentApi;
import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.network.HttpClients;
import dev.muster.agent.network.Route;
import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentName;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMembershipTest {
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final AtomicReference<PlatformKey> key = new AtomicReference<>(key('a'));
  private FakeServer server;
  private HttpClient client;
  private SharedMembership membership;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    client = HttpClients.make(SSLContext.getDefault(), Route.DIRECT);
    InstantSource clock = InstantSource.system();
    Path state = folder.resolve("state");
    membership =
        new SharedMembership(
            new SharedEnrolmentApi(
                client, server.url(), ANSWER, clock, RandomGenerator.of("SecureRandom")),
            () -> Optional.of(key.get()),
            new AgentName("pod-1"),
            new UUID(1, 1),
            new Introduction("1.0", List.of("nmap"), List.of(), null, 1, new UUID(7, 7)),
            StateFolder.open(state, state.resolve("agent-id")),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), new BackoffRandomness()),
            clock);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void a_token_is_renewed_when_three_quarters_of_its_life_are_over() throws Exception {
    server.next("register", token("first", Duration.ofSeconds(3)));
    server.always("register", token("second", Duration.ofHours(4)));
    assertThat(membership.join(ANSWER)).isEqualTo(new Letting.In());
    long joined = System.nanoTime();

    Thread renewal = Thread.ofVirtual().start(membership::keepFresh);
    Awaiting.until("a fresh token", () -> presented().equals("mst_shared_second"));

    assertThat(Duration.ofNanos(System.nanoTime() - joined)).isGreaterThan(Duration.ofSeconds(2));
    renewal.interrupt();
    assertThat(
            server.seen("register").stream()
                .map(call -> call.headers().getFirst("X-Signature-Nonce"))
                .distinct())
        .as("each is signed anew")
        .hasSize(2);
  }

  @Test
  void a_refused_call_is_worth_a_retry_with_a_token_under_the_key_that_is_there_now()
      throws Exception {
    server.next("register", token("first", Duration.ofHours(4)));
    server.next("register", token("second", Duration.ofHours(4)));
    membership.join(ANSWER);
    key.set(key('b'));
    server.next("heartbeat", Answer.problem(401, "unauthenticated"));
    RenewingServerApi api =
        new RenewingServerApi(
            new HttpServerApi(
                client, server.url(), membership::credential, ANSWER, InstantSource.system()),
            membership);
    Heartbeat heartbeat = new Heartbeat(List.of(), "1.0", false);

    assertThat(api.heartbeat(heartbeat)).isInstanceOf(Reply.Unavailable.class);
    assertThat(api.heartbeat(heartbeat)).isInstanceOf(Reply.Ok.class);

    assertThat(server.seen("heartbeat").getLast().headers().getFirst("Authorization"))
        .isEqualTo("Bearer mst_shared_second");
    assertThat(server.seen("register").getLast().headers().getFirst("X-Signature-Key-Id"))
        .isEqualTo(key('b').id());
  }

  @Test
  void who_finds_the_token_renewed_already_does_not_register_again() throws Exception {
    server.next("register", token("first", Duration.ofHours(4)));
    server.next("register", token("second", Duration.ofHours(4)));
    membership.join(ANSWER);
    Credential first = membership.credential();

    assertThat(membership.renewedAfter(first)).isTrue();
    assertThat(membership.renewedAfter(first)).isTrue();

    assertThat(server.seen("register")).hasSize(2);
  }

  private String presented() {
    return membership.credential().apiKey().reveal();
  }

  private static PlatformKey key(char digit) {
    return PlatformKey.parse(Secret.of(String.valueOf(digit).repeat(64))).orElseThrow();
  }

  private static Answer token(String name, Duration life) {
    String body =
        """
        {"agent_id": "018f0000-0000-7000-8000-0000000000aa", "token": "mst_shared_%s",
         "expires_at": "%s", "update_key": null}\
        """
            .formatted(name, InstantSource.system().instant().plus(life));
    return new Answer.Sent(201, "application/json", body, Map.of());
  }
}

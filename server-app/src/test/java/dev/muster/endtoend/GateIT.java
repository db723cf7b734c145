package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is asked of callers besides a credential: three servers on one database. */
class GateIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CLAIM = "/api/v1/platform-agent/jobs/claim";
  private static final String HEARTBEAT = "/api/v1/platform-agent/heartbeat";

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static Cluster cluster;
  private static Operator operator;

  @BeforeAll
  static void start_three_servers() throws Exception {
    cluster =
        WORKSHOP.later(Cluster.start(WORKSHOP, 3, WORKSHOP.later(TestDatabase.open()), Map.of()));
    operator = Operator.of(cluster.server(0));
  }

  /**
   * The one that got the job has its answer by then: what is killed is the memory of one replica.
   */
  @Test
  void of_500_replays_of_a_signed_claim_on_three_replicas_one_of_them_restarted_one_gets_a_job()
      throws Exception {
    Customer acme = operator.customer("replayed", "enterprise", "shared");
    SimulatedAgent agent =
        operator.agent(
            "{\"name\": \"replayed\", \"capabilities\": [\"replayed\"], \"max_concurrent\": 50}");
    String secret = rotate(agent);
    for (int i = 0; i < 20; i++) {
      acme.submit("{\"type\": \"t\", \"payload\": {}, \"capabilities\": [\"replayed\"]}");
    }
    String body = "{\"max_jobs\": 1, \"wait_seconds\": 0}";
    SignedHeaders signed = SignedHeaders.of(agent, secret, CLAIM, body);

    Crowd crowd =
        Crowd.aroundRestart(
            cluster,
            500,
            i -> send(cluster.server(i), agent, CLAIM, body, signed),
            answer -> answer.status() == 200);

    assertThat(crowd.brokenOff()).isPositive();
    assertThat(crowd.answers()).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(crowd.answers())
        .filteredOn(answer -> answer.status() != 200)
        .extracting(ApiClient.Answer::code)
        .containsOnly("signature_replayed");
    assertThat(acme.api().all("/api/v1/platform-jobs?status=assigned")).hasSize(1);
  }

  @Test
  void what_must_be_signed_is_refused_unsigned_and_changed_on_every_replica() throws Exception {
    SimulatedAgent agent = operator.agent("signing", 1);
    String secret = rotate(agent);

    for (int i = 0; i < 3; i++) {
      ServerProcess server = cluster.server(i);
      assertThat(agent.at(server).heartbeat().code()).isEqualTo("signature_required");
      SignedHeaders right = SignedHeaders.of(agent, secret, HEARTBEAT, "{}");
      assertThat(code(send(server, agent, HEARTBEAT, "{ }", right))).isEqualTo("signature_invalid");
      assertThat(code(send(server, agent, CLAIM, "{}", right))).isEqualTo("signature_invalid");
      assertThat(send(server, agent, HEARTBEAT, "{}", right).get().status()).isEqualTo(200);
    }
  }

  @Test
  void three_replicas_let_through_110_percent_of_a_limit_also_when_one_is_restarted()
      throws Exception {
    int limit = 120;
    SimulatedAgent agent = operator.agent("hasty", 1);
    operator
        .api()
        .call(
            "PUT",
            "/api/v1/agents/" + agent.id() + "/limits",
            "{\"requests_per_minute\": %d}".formatted(limit))
        .expect(200);
    AtomicInteger passed = new AtomicInteger();
    Queue<ApiClient.Answer> refused = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    List<CompletableFuture<Void>> hammers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ServerProcess server = cluster.server(i);
      hammers.add(
          CompletableFuture.runAsync(
              () -> hammer(agent.at(server), end, passed, refused), Thread::startVirtualThread));
    }
    Await.until(PATIENCE, "the limit to bite", () -> refused.size() > 20);
    ServerProcess third = cluster.server(2);
    third.program().kill();
    third.restart();
    for (CompletableFuture<Void> hammer : hammers) {
      hammer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    assertThat(passed.get()).isBetween(limit * 9 / 10, limit * 11 / 10);
    assertThat(refused)
        .allSatisfy(answer -> {
          assertThat(answer.code()).isIn("rate_limited", "unavailable");
          assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 63);
        });
    assertThat(refused)
        .anySatisfy(answer -> assertThat(answer.header("RateLimit-Limit")).contains("" + limit));
  }

  private static void hammer(
      SimulatedAgent agent, long end, AtomicInteger passed, Queue<ApiClient.Answer> refused) {
    while (System.nanoTime() - end < 0) {
      try {
        ApiClient.Answer answer = agent.heartbeat();
        if (answer.status() == 200) {
          passed.incrementAndGet();
        } else {
          refused.add(answer);
        }
        Await.forSure(Duration.ofMillis(50));
      } catch (IOException away) {
        // The one that is being restarted.
      } catch (Exception failure) {
        throw new AssertionError(failure);
      }
    }
  }

  private static String rotate(SimulatedAgent agent) throws Exception {
    JsonNode issued =
        operator
            .api()
            .post(
                "/api/v1/agents/" + agent.id() + "/signing-secret/rotate",
                "{\"require_signature\": true}")
            .expect(201);
    return issued.path("signing_secret").asString();
  }

  private static String code(CompletableFuture<ApiClient.Answer> answer) throws Exception {
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).code();
  }

  private static CompletableFuture<ApiClient.Answer> send(
      ServerProcess server, SimulatedAgent agent, String path, String body, SignedHeaders signed) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + agent.api().token())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return CLIENT
        .sendAsync(signed.on(request).build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(ApiClient.Answer::of);
  }
}

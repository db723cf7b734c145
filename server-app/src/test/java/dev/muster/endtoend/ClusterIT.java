package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What must hold across replicas: three servers on one database. */
class ClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LEASE_SECONDS = 9;
  private static final int ROUNDS = 5;

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static Cluster cluster;
  private static Operator operator;

  @BeforeAll
  static void start_three_servers_at_once() throws Exception {
    cluster =
        WORKSHOP.later(
            Cluster.start(
                WORKSHOP,
                3,
                WORKSHOP.later(TestDatabase.open()),
                Map.of("MUSTER_LEASE_SECONDS", "" + LEASE_SECONDS, "MUSTER_TRUSTED_HOPS", "1")));
    operator = Operator.of(cluster.server(0));
  }

  @Test
  void a_submit_on_one_replica_wakes_a_poll_on_another_within_a_second() throws Exception {
    Customer acme = operator.customer("waking", "pro", "shared");
    SimulatedAgent agent =
        operator
            .agent("{\"name\": \"waiting\", \"capabilities\": [\"waking\"]}")
            .at(cluster.server(1));
    List<Long> millis = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      CompletableFuture<ApiClient.Answer> poll = agent.poll(1, 30);
      Await.forSure(Duration.ofMillis(300));
      long submitted = System.nanoTime();
      String job =
          acme.submit("{\"type\": \"t\", \"payload\": {}, \"capabilities\": [\"waking\"]}");

      JsonNode got = poll.get(30, TimeUnit.SECONDS).expect(200).path("job");
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - submitted));
      assertThat(got.path("id").asString()).isEqualTo(job);
      assertThat(agent.report(got, "completed").status()).isEqualTo(200);
    }
    // The median: one look of a busy machine's must not decide.
    assertThat(millis.stream().sorted().toList().get(ROUNDS / 2)).isLessThan(1000L);
  }

  @Test
  void disabling_an_agent_ends_its_poll_on_another_replica_within_a_second() throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      SimulatedAgent agent = operator.agent("disabled-" + round, 1).at(cluster.server(2));
      CompletableFuture<ApiClient.Answer> poll = agent.poll(1, 30);
      Await.forSure(Duration.ofMillis(300));
      long disabled = System.nanoTime();
      operator
          .api()
          .post("/api/v1/admin/platform-agents/" + agent.id() + "/disable", "{}")
          .expect(200);

      ApiClient.Answer answer = poll.get(30, TimeUnit.SECONDS);
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - disabled));
      assertThat(answer.status()).as(answer.text()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("agent_disabled");
    }
    assertThat(millis.stream().sorted().toList().get(ROUNDS / 2)).isLessThan(1000L);
  }

  @Test
  void of_500_registrations_at_once_a_token_for_10_admits_exactly_10() throws Exception {
    JsonNode issued =
        operator.api().post("/api/v1/admin/bootstrap-tokens", "{\"max_uses\": 10}").expect(201);
    String token = issued.path("raw_token").asString();
    List<CompletableFuture<ApiClient.Answer>> all =
        IntStream.range(0, 500)
            .mapToObj(i ->
                new ApiClient(cluster.server(i).url(), "")
                    .postLater(
                        "/api/v1/platform-agents/register",
                        "{\"bootstrap_token\": \"%s\", \"name\": \"crowd-%d\"}"
                            .formatted(token, i)))
            .toList();

    List<ApiClient.Answer> answers = new ArrayList<>();
    for (CompletableFuture<ApiClient.Answer> each : all) {
      answers.add(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(10);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .extracting(ApiClient.Answer::code)
        .containsOnly("token_exhausted", "rate_limited");
    assertThat(answers)
        .as("failures from one address, counted over three replicas")
        .filteredOn(answer -> answer.code().equals("token_exhausted"))
        .hasSize(5);
    assertThatTenCame("crowd-", issued.path("token").path("id").asString());
  }

  @Test
  void of_500_registrations_a_token_for_10_admits_exactly_10_also_when_a_server_is_restarted()
      throws Exception {
    JsonNode issued =
        operator.api().post("/api/v1/admin/bootstrap-tokens", "{\"max_uses\": 10}").expect(201);
    String token = issued.path("raw_token").asString();

    Crowd crowd =
        Crowd.aroundRestart(
            cluster,
            500,
            i -> registration(cluster.server(i), token, "brave-" + i),
            answer -> answer.status() == 201);

    assertThat(crowd.brokenOff()).isPositive();
    assertThat(crowd.answers()).filteredOn(answer -> answer.status() == 201).hasSizeBetween(1, 10);
    assertThat(crowd.answers())
        .filteredOn(answer -> answer.status() != 201)
        .extracting(ApiClient.Answer::code)
        .isSubsetOf("token_exhausted", "rate_limited", "unavailable");
    assertThatTenCame("brave-", issued.path("token").path("id").asString());
  }

  /** From an address of its own, so that its failures are not those of the other tests. */
  private static CompletableFuture<ApiClient.Answer> registration(
      ServerProcess server, String token, String name) {
    ApiClient anyone = new ApiClient(server.url(), "");
    HttpRequest request =
        anyone.request(
            "POST",
            "/api/v1/platform-agents/register",
            "{\"bootstrap_token\": \"%s\", \"name\": \"%s\"}".formatted(token, name));
    return anyone.sendLater(
        HttpRequest.newBuilder(request, (header, value) -> true)
            .header("X-Forwarded-For", "192.0.2.7")
            .build());
  }

  private static void assertThatTenCame(String prefix, String token) throws Exception {
    assertThat(operator.api().all("/api/v1/admin/platform-agents"))
        .filteredOn(agent -> agent.path("name").asString().startsWith(prefix))
        .hasSize(10);
    assertThat(operator.api().all("/api/v1/admin/bootstrap-tokens"))
        .filteredOn(known -> known.path("id").asString().equals(token))
        .extracting(known -> known.path("uses").asInt())
        .containsExactly(10);
    assertThat(operator.api().all("/api/v1/admin/bootstrap-tokens/" + token + "/registrations"))
        .hasSize(10);
  }

  @Test
  void a_lost_lease_is_swept_once_by_whichever_replica() throws Exception {
    Customer acme = operator.customer("sweeping", "enterprise", "shared");
    SimulatedAgent agent =
        operator.agent(
            "{\"name\": \"dying\", \"capabilities\": [\"sweeping\"], \"max_concurrent\": 20}");
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      jobs.add(
          acme.submit(
              "{\"type\": \"t\", \"payload\": {}, \"capabilities\": [\"sweeping\"],"
                  + " \"max_attempts\": 1}"));
    }
    assertThat(agent.claim(20)).hasSize(20);

    for (String job : jobs) {
      acme.awaitStatus(job, "failed", PATIENCE);
      assertThat(acme.attempts(job))
          .extracting(attempt -> attempt.path("outcome").asString())
          .containsExactly("lease_lost");
      assertThat(acme.audit(job))
          .extracting(entry -> entry.path("action").asString())
          .filteredOn(
              action -> !action.equals("job.submit") && !action.equals("agent.task_claimed"))
          .hasSize(1);
    }
  }
}

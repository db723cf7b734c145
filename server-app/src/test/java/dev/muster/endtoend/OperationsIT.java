package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What those who run the system look at and do, with two servers on one database. */
class OperationsIT {
  private static final String JOBS = "/api/v1/platform-jobs";
  private static final String DISK_FULL = "{\"filter\": {\"error_class\": \"disk_full\"}%s}";

  /** The plan's queue takes ten. */
  private static final int FAILED = 12;

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static Cluster cluster;
  private static Operator operator;

  @BeforeAll
  static void start_two_servers() throws Exception {
    cluster =
        WORKSHOP.later(Cluster.start(WORKSHOP, 2, WORKSHOP.later(TestDatabase.open()), Map.of()));
    operator = Operator.of(cluster.server(0));
  }

  @Test
  void what_failed_is_listed_counted_and_tried_again_as_the_queue_has_room() throws Exception {
    Customer acme = operator.customer("retrying", "free", "shared");
    SimulatedAgent agent =
        operator.agent("{\"name\": \"failing\", \"capabilities\": [\"retrying\"]}");
    for (int i = 0; i < FAILED; i++) {
      acme.submit("{\"type\": \"t\", \"payload\": {}, \"capabilities\": [\"retrying\"]}");
      fail(agent, agent.poll(1, 30));
    }

    assertThat(acme.api().all(JOBS + "?error_class=disk_full&status=failed")).hasSize(FAILED);
    JsonNode counted = retry(acme, "");
    assertThat(numbers(counted)).containsExactly(FAILED, 10, 0, FAILED);
    assertThat(counted.at("/tenants/0/obstacle").asString()).isEqualTo("queue_full");

    CompletableFuture<ApiClient.Answer> poll = agent.at(cluster.server(1)).poll(1, 30);
    assertThat(numbers(retry(acme, ", \"dry_run\": false"))).containsExactly(FAILED, 10, 10, 2);

    String first = poll.get(30, TimeUnit.SECONDS).expect(200).at("/job/id").asString();
    assertThat(acme.job(first).path("attempts_used").asInt()).isEqualTo(1);
    assertThat(acme.audit(first))
        .extracting(entry -> entry.path("action").asString())
        .contains("job.retry");
    assertThat(acme.api().all("/api/v1/audit-events?action=job.retry&resource_kind=jobs"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.at("/after/retried").asInt()).isEqualTo(10));
  }

  private static JsonNode retry(Customer customer, String more) throws Exception {
    return customer.api().post(JOBS + "/retry", DISK_FULL.formatted(more)).expect(200);
  }

  private static List<Integer> numbers(JsonNode retried) {
    List<Integer> numbers = new ArrayList<>();
    for (String name : List.of("matched", "room", "retried", "left")) {
      numbers.add(retried.path(name).asInt());
    }
    return numbers;
  }

  private static void fail(SimulatedAgent agent, CompletableFuture<ApiClient.Answer> poll)
      throws Exception {
    JsonNode job = poll.get(30, TimeUnit.SECONDS).expect(200).path("job");
    String report =
        "{\"attempt\": %d, \"status\": \"failed\","
            + " \"error\": {\"class\": \"disk_full\", \"message\": \"no space left\"}}";
    agent
        .api()
        .post(
            "/api/v1/platform-agent/jobs/" + job.path("id").asString() + "/status",
            report.formatted(job.path("attempt").asInt()))
        .expect(200);
  }

  @Test
  void operators_see_what_waits_for_how_long_and_with_which_priority() throws Exception {
    Customer acme = operator.customer("waiting", "pro", "dedicated");
    String job =
        acme.submit(
            "{\"type\": \"t\", \"payload\": {}, \"priority\": \"high\","
                + " \"capabilities\": [\"nobody-has-it\"]}");

    JsonNode stats = operator.api().get("/api/v1/admin/platform-jobs/stats").expect(200);

    JsonNode high = stats.at("/priorities/1");
    assertThat(high.path("priority").asString()).isEqualTo("high");
    assertThat(high.path("queued").asInt()).isEqualTo(1);
    assertThat(high.at("/oldest/job_id").asString()).isEqualTo(job);
    assertThat(high.at("/oldest/queue_priority").asInt()).isGreaterThanOrEqualTo(750);
    assertThat(stats.path("capabilities").valueStream())
        .anyMatch(each ->
            each.path("capability").asString().equals("nobody-has-it")
                && each.path("queued").asInt() == 1);
    assertThat(stats.path("tenants").valueStream())
        .anyMatch(each ->
            each.path("slug").asString().equals("waiting") && each.path("queued").asInt() == 1);
  }

  @Test
  void operators_see_who_would_wait_how_long_if_things_were_otherwise() throws Exception {
    Customer acme = operator.customer("imagining", "free", "shared");
    operator
        .agent("{\"name\": \"imagined\", \"capabilities\": [\"imagining\"]}")
        .heartbeat()
        .expect(200);
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      jobs.add(
          acme.submit(
              "{\"type\": \"never-ran\", \"payload\": {}, \"capabilities\": [\"imagining\"]}"));
    }

    JsonNode simulated =
        operator
            .api()
            .post(
                "/api/v1/admin/scheduler/simulate",
                "{\"plans\": {\"free\": {\"max_concurrent_jobs\": 4}}, \"tenants\":"
                    + " {\"imagining\": {\"weight\": 9}}, \"assume_run_seconds\": 100, \"assume_failures\":"
                    + " 0.25}")
            .expect(200);

    JsonNode now = simulated.at("/now/tenants/0");
    JsonNode changed = simulated.at("/changed/tenants/0");
    assertThat(now.path("slug").asString()).isEqualTo("imagining");
    assertThat(now.at("/waits/would_start").asInt()).isEqualTo(4);
    assertThat(now.at("/waits/longest_seconds").asInt()).isEqualTo(100);
    assertThat(changed.at("/waits/would_start").asInt()).isEqualTo(4);
    assertThat(changed.at("/waits/longest_seconds").asInt()).isZero();
    for (JsonNode future : List.of(now, changed)) {
      assertThat(future.at("/ends/completed").asInt()).isEqualTo(4);
      assertThat(future.at("/ends/retries").asInt()).isEqualTo(1);
    }
    for (String job : jobs) {
      assertThat(acme.status(job)).isEqualTo("queued");
    }
    JsonNode free = operator.api().get("/api/v1/admin/plans/free").expect(200);
    assertThat(free.path("max_concurrent_jobs").asInt()).isEqualTo(2);
  }

  @Test
  void whoever_is_connected_is_seen_with_the_replica_that_it_called() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(operator.agent("at-" + i, 3).at(cluster.server(i)).heartbeat().status())
          .isEqualTo(200);
    }

    List<JsonNode> workers = operator.api().all("/api/v1/workers");

    JsonNode left = named(workers, "at-0");
    JsonNode right = named(workers, "at-1");
    assertThat(left.path("replica").asString()).isNotEqualTo(right.path("replica").asString());
    assertThat(left.path("max_concurrent").asInt()).isEqualTo(3);
    assertThat(left.path("slug").asString()).isEqualTo("*");
    assertThat(cluster.server(0).program().log())
        .contains("replica=" + left.path("replica").asString());
    Customer acme = operator.customer("seeing", "pro", "shared");
    assertThat(acme.api().all("/api/v1/workers")).isEmpty();
  }

  private static JsonNode named(List<JsonNode> workers, String name) {
    return workers.stream()
        .filter(worker -> worker.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}

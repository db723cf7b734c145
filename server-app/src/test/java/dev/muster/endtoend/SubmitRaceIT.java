package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What many tenants submit at the same moment, over two replicas, is taken together. */
class SubmitRaceIT {
  private static final String JOBS = "/api/v1/platform-jobs";
  private static final String JOB = "{\"type\": \"t\", \"payload\": {}}";
  private static final int EACH = 70;
  private static final Map<String, Integer> QUEUES = Map.of("free", 10, "starter", 50);
  private static final Duration RUNNING = Duration.ofSeconds(120);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();

  @Test
  void no_queue_is_overfilled_nothing_is_miscounted_and_every_job_that_was_taken_runs()
      throws Exception {
    TestDatabase database = WORKSHOP.later(TestDatabase.open());
    Cluster cluster = WORKSHOP.later(Cluster.start(WORKSHOP, 2, database, Map.of()));
    Operator operator = Operator.of(cluster.server(0));
    Map<Customer, Integer> room = new LinkedHashMap<>();
    for (String slug : List.of("one", "two", "three", "four")) {
      String plan = slug.equals("four") ? "starter" : "free";
      room.put(operator.customer(slug, plan, "shared"), QUEUES.get(plan));
    }

    List<String> taken = submitAtOnce(cluster, room);

    for (Map.Entry<Customer, Integer> tenant : room.entrySet()) {
      Customer customer = tenant.getKey();
      List<JsonNode> queued = customer.api().all(JOBS + "?status=queued");
      assertThat(queued).hasSize(tenant.getValue());
      assertThat(customer.api().all("/api/v1/audit-events?action=job.submit"))
          .hasSize(tenant.getValue());
      assertThat(
              database.texts(
                  "SELECT queued || ' ' || arrivals FROM tenant_counters WHERE tenant_id = '%s'"
                      .formatted(customer.id())))
          .containsExactly(tenant.getValue() + " " + tenant.getValue());
      assertProblem(customer.api().post(JOBS + "/batch", "{\"jobs\": [" + JOB + "]}"));
    }
    try (BusyAgents agents = new BusyAgents(job -> {})) {
      agents.start(operator.agent("first", 20).at(cluster.server(0)));
      agents.start(operator.agent("second", 20).at(cluster.server(1)));
      Await.until(RUNNING, "all jobs to run", () -> agents.completed().size() >= taken.size());
      assertThat(agents.completed()).containsExactlyInAnyOrderElementsOf(taken);
    }
  }

  /** Answers the ids of those that were taken: of each tenant, as many as its queue takes. */
  private static List<String> submitAtOnce(Cluster cluster, Map<Customer, Integer> room) {
    Map<Customer, List<CompletableFuture<ApiClient.Answer>>> answers = new LinkedHashMap<>();
    room.keySet().forEach(customer -> answers.put(customer, new ArrayList<>()));
    for (int i = 0; i < EACH; i++) {
      ServerProcess server = cluster.server(i);
      answers.forEach((customer, sent) -> sent.add(customer.api().at(server).postLater(JOBS, JOB)));
    }
    List<String> ids = new ArrayList<>();
    answers.forEach((customer, sent) -> {
      int before = ids.size();
      for (CompletableFuture<ApiClient.Answer> each : sent) {
        ApiClient.Answer answer = each.join();
        if (answer.status() == 201) {
          assertThat(answer.json().at("/job/tenant_id").asString()).isEqualTo(customer.id());
          ids.add(answer.json().at("/job/id").asString());
        } else {
          assertProblem(answer);
        }
      }
      assertThat(ids).hasSize(before + room.get(customer));
    });
    return ids;
  }

  private static void assertProblem(ApiClient.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("queue_full");
  }

  @Test
  void a_batch_is_taken_as_a_whole_once_and_its_jobs_run_in_their_order() throws Exception {
    TestDatabase database = WORKSHOP.later(TestDatabase.open());
    Cluster cluster = WORKSHOP.later(Cluster.start(WORKSHOP, 1, database, Map.of()));
    Operator operator = Operator.of(cluster.server(0));
    Customer customer = operator.customer("batches", "free", "shared");
    String ten = "{\"jobs\": [" + String.join(",", Collections.nCopies(10, JOB)) + "]}";
    String eleven = ten.replace("[", "[" + JOB + ",");

    assertProblem(customer.api().post(JOBS + "/batch", eleven));
    assertThat(customer.api().all(JOBS)).isEmpty();
    JsonNode first = repeatable(customer, ten);
    JsonNode again = repeatable(customer, ten);

    assertThat(again).isEqualTo(first);
    assertThat(customer.api().all(JOBS)).hasSize(10);
    SimulatedAgent agent = operator.agent("one-by-one", 1);
    for (JsonNode submitted : first.path("jobs")) {
      assertThat(submitted.path("auth_token").asString()).startsWith("mst_job_");
      JsonNode job = agent.claim(1).getFirst();
      assertThat(job.path("id")).isEqualTo(submitted.at("/job/id"));
      agent.report(job, "completed").expect(200);
    }
  }

  private static JsonNode repeatable(Customer customer, String body) throws Exception {
    var request = customer.api().request("POST", JOBS + "/batch", body);
    return customer
        .api()
        .send(
            HttpRequest.newBuilder(request, (name, value) -> true)
                .header("Idempotency-Key", "the-same")
                .build())
        .expect(201);
  }
}

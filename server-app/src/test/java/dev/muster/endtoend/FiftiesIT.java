package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An agent with many slots takes fifty jobs a call and says fifty results a call. */
class FiftiesIT {
  private static final int FIFTY = 50;
  private static final int TIMES = 3;
  private static final Duration RUNNING = Duration.ofSeconds(60);
  private static final String BATCH = "/api/v1/platform-agent/jobs/status";

  @AutoClose private static final Workshop WORKSHOP = new Workshop();

  @Test
  void fifty_results_a_call_said_several_times_at_once_complete_each_job_once() throws Exception {
    ServerProcess server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(WORKSHOP.later(TestDatabase.open()).environment())));
    Operator operator = Operator.of(server);
    Customer acme = operator.customer("acme", "enterprise", "shared");
    SimulatedAgent agent = operator.agent("many-hands", FIFTY);
    agent.heartbeat();
    for (int i = 0; i < 2 * FIFTY; i++) {
      acme.submit("{\"type\": \"t\", \"payload\": {}}");
    }

    List<JsonNode> first = fifty(agent);
    assertThat(agent.claim(FIFTY)).isEmpty();
    completeAtOnce(agent, first);
    List<JsonNode> second = fifty(agent);
    completeAtOnce(agent, second);

    assertThat(acme.api().all("/api/v1/platform-jobs?status=completed")).hasSize(2 * FIFTY);
    List<String> ended =
        acme.api().all("/api/v1/audit-events?action=agent.task_completed").stream()
            .map(entry -> entry.path("resource").path("id").asString())
            .toList();
    assertThat(ended).hasSize(2 * FIFTY).doesNotHaveDuplicates();
  }

  private static List<JsonNode> fifty(SimulatedAgent agent) throws Exception {
    List<JsonNode> jobs = new ArrayList<>();
    Await.until(
        RUNNING,
        "fifty jobs",
        () -> {
          jobs.addAll(agent.claim(FIFTY));
          return jobs.size() == FIFTY;
        });
    return jobs;
  }

  /** With one among them that is too late, and one of a job that was never there. */
  private static void completeAtOnce(SimulatedAgent agent, List<JsonNode> jobs) {
    String said =
        jobs.stream().map(job -> report(job, 0)).collect(Collectors.joining(", "))
            + ", "
            + report(jobs.getFirst(), 1)
            + ", {\"id\": \""
            + agent.id()
            + "\", \"attempt\": 1, \"status\": \"completed\"}";
    List<CompletableFuture<ApiClient.Answer>> calls = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      calls.add(agent.api().postLater(BATCH, "{\"reports\": [" + said + "]}"));
    }
    for (CompletableFuture<ApiClient.Answer> call : calls) {
      List<JsonNode> results = call.join().expect(200).path("results").valueStream().toList();
      assertThat(results.subList(0, jobs.size()))
          .allSatisfy(result -> {
            assertThat(result.path("status").asInt()).isEqualTo(200);
            assertThat(result.path("job").path("status").asString()).isEqualTo("completed");
          });
      assertThat(results.subList(jobs.size(), results.size()))
          .extracting(result -> result.path("code").asString())
          .containsExactly("lease_lost", "not_found");
    }
  }

  private static String report(JsonNode job, int later) {
    return "{\"id\": \"%s\", \"attempt\": %d, \"status\": \"completed\", \"result\": {\"n\": 1}}"
        .formatted(job.path("id").asString(), job.path("attempt").asInt() + later);
  }
}

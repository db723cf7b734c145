package dev.muster.endtoend;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** An agent whose protocol the test speaks itself, message by message. */
record SimulatedAgent(String id, ApiClient api) {
  private static final String AGENT = "/api/v1/platform-agent/";

  SimulatedAgent at(ServerProcess other) {
    return new SimulatedAgent(id, api.at(other));
  }

  /** The jobs that are there now, at most so many. */
  List<JsonNode> claim(int jobs) throws Exception {
    return api.post(AGENT + "jobs/claim", claimOf(jobs, 0))
        .expect(200)
        .path("jobs")
        .valueStream()
        .toList();
  }

  /** A poll that the server parks. */
  CompletableFuture<ApiClient.Answer> poll(int jobs, int seconds) {
    return api.postLater(AGENT + "jobs/claim", claimOf(jobs, seconds));
  }

  private static String claimOf(int jobs, int seconds) {
    return "{\"max_jobs\": %d, \"wait_seconds\": %d}".formatted(jobs, seconds);
  }

  ApiClient.Answer report(JsonNode job, String status) throws Exception {
    return report(job.path("id").asString(), job.path("attempt").asInt(), status);
  }

  ApiClient.Answer report(String job, int attempt, String status) throws Exception {
    String result = status.equals("completed") ? ", \"result\": {\"by\": \"" + id + "\"}" : "";
    return api.post(
        AGENT + "jobs/" + job + "/status",
        "{\"attempt\": %d, \"status\": \"%s\"%s}".formatted(attempt, status, result));
  }

  ApiClient.Answer heartbeat() throws Exception {
    return api.post(AGENT + "heartbeat", "{}");
  }
}

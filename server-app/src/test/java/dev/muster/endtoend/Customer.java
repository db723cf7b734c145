package dev.muster.endtoend;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A tenant, through an administrator of its own.
 *
 * @param id the tenant's
 */
record Customer(String id, ApiClient api) {
  private static final List<String> ENDED = List.of("completed", "failed", "cancelled", "expired");

  /** Submits a job; answers its id. */
  String submit(String body) throws Exception {
    return api.post("/api/v1/platform-jobs", body).expect(201).path("job").path("id").asString();
  }

  JsonNode job(String id) throws Exception {
    return api.get("/api/v1/platform-jobs/" + id).expect(200);
  }

  String status(String id) throws Exception {
    return job(id).path("status").asString();
  }

  void awaitStatus(String id, String status, Duration longest) throws Exception {
    Await.until(
        longest,
        "job " + id + " to be " + status,
        () -> {
          String now = status(id);
          if (!now.equals(status) && ENDED.contains(now)) {
            throw new AssertionError("the job ended otherwise: " + job(id));
          }
          return now.equals(status);
        });
  }

  List<JsonNode> attempts(String id) throws Exception {
    return List.copyOf(
        api.get("/api/v1/platform-jobs/" + id + "/attempts")
            .expect(200)
            .path("items")
            .valueStream()
            .toList());
  }

  /** All audit entries of one job, newest first. */
  List<JsonNode> audit(String job) throws Exception {
    return api.all("/api/v1/audit-events?resource_id=" + job);
  }
}

package dev.muster.demo;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Looks at a job again and again, and tells what is new. */
final class JobWatch {
  private final Fleet fleet;
  private final Story story;
  private final String path;
  private String status = "queued";
  private long seen;

  JobWatch(Fleet fleet, Story story, String id) {
    this.fleet = fleet;
    this.story = story;
    this.path = "/api/v1/platform-jobs/" + id;
  }

  /** Whether it has ended. */
  boolean look() {
    fleet.mustBeAlive();
    JsonNode job = fleet.user().get(path);
    tellStatus(job);
    tellLog();
    if (!List.of("completed", "failed", "cancelled", "expired").contains(status)) {
      return false;
    }
    tellEnd(job);
    return true;
  }

  boolean isCompleted() {
    return status.equals("completed");
  }

  private void tellStatus(JsonNode job) {
    String now = job.path("status").asString();
    if (!now.equals(status)) {
      if (status.equals("queued")) {
        story.tell(
            "claimed   by agent %s, attempt %d",
            job.path("agent_id").asString(), job.path("attempt").asInt());
      }
      story.tell("status    %s", now);
      status = now;
    }
  }

  private void tellLog() {
    JsonNode page = fleet.user().get(path + "/logs?after=" + seen);
    for (JsonNode line : page.path("lines")) {
      story.tell("  | %s", line.path("text").asString());
    }
    seen = page.path("next_after").asLong(seen);
  }

  private void tellEnd(JsonNode job) {
    if (isCompleted()) {
      story.tell("result    %s", job.path("result"));
    } else {
      story.failed("job ended " + status + ": " + job.path("error"));
    }
  }
}

package dev.muster.agent.api;

import java.time.Duration;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A heartbeat and its answer on the wire. */
final class HeartbeatJson {
  /** Beyond this, a mistaken answer would let leases run out. */
  private static final int LONGEST_SECONDS = 300;

  private HeartbeatJson() {}

  static ObjectNode write(Heartbeat heartbeat) {
    ObjectNode body = Json.object();
    ArrayNode jobs = body.putArray("active_jobs");
    for (Lease lease : heartbeat.activeJobs()) {
      jobs.addObject().put("id", lease.job().toString()).put("attempt", lease.attempt());
    }
    body.put("version", heartbeat.version());
    body.put("draining", heartbeat.draining());
    return body;
  }

  static HeartbeatAnswer read(ObjectNode body) {
    if (!Json.text(body, "status").equals("ok")) {
      throw new UnexpectedAnswer("status ok");
    }
    int seconds = Math.clamp(Json.number(body, "next_heartbeat_seconds"), 1, LONGEST_SECONDS);
    return new HeartbeatAnswer(
        Json.jobIds(body, "cancel"), Json.jobIds(body, "lost"), Duration.ofSeconds(seconds));
  }
}

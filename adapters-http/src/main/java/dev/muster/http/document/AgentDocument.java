package dev.muster.http.document;

import dev.muster.domain.fleet.Agent;
import dev.muster.wire.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** An agent as it is answered. */
public final class AgentDocument {
  private AgentDocument() {}

  /** What is stored of it. */
  public static ObjectNode of(Agent agent) {
    var json = Json.object();
    var abilities = agent.abilities();
    var serves = agent.servesTenant();
    json.put("id", agent.id().toString());
    json.put("tenant_id", agent.tenant().toString());
    json.put("name", agent.name().value());
    json.set("capabilities", Json.strings(abilities.capabilities()));
    json.set("tools", Json.strings(abilities.tools()));
    json.put("region", abilities.region());
    json.put("pool", agent.pool().wireName());
    json.put("worker_type", agent.workerType());
    json.put("tenant_slug", serves == null ? null : serves.value());
    json.put("max_concurrent", agent.maxConcurrent());
    json.put("active_jobs", agent.leased());
    json.put("enabled", agent.enabled());
    json.put("draining", agent.draining());
    json.put("version", agent.version());
    json.put("last_seen_at", Json.time(agent.lastSeenAt()));
    json.put("created_at", Json.time(agent.createdAt()));
    return json;
  }
}

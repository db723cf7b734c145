package dev.muster.wire.document;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.Progress;
import dev.muster.wire.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A job as it is answered. */
public final class JobDocument {
  private JobDocument() {}

  /** What was asked for, and how it stands. */
  public static ObjectNode of(Job job) {
    var json = Json.object();
    json.put("id", job.id().toString());
    json.put("tenant_id", job.tenant().toString());
    putSpec(json, job);
    json.put("pool", job.pool().wireName());
    json.put("status", job.status().wireName());
    json.put("attempt", job.attempt());
    json.put("attempts_used", job.attemptsUsed());
    json.put("agent_id", job.agent() == null ? null : job.agent().toString());
    putTimes(json, job);
    json.set("progress", progress(job.progress()));
    Json.putStored(json, "result", job.result());
    json.set("error", error(job.error()));
    json.put("created_by", job.createdBy());
    return json;
  }

  /** Why an attempt or a job failed, or null. */
  public static @Nullable ObjectNode error(@Nullable JobError error) {
    return error == null
        ? null
        : Json.object().put("class", error.errorClass()).put("message", error.message());
  }

  private static void putSpec(ObjectNode json, Job job) {
    var spec = job.spec();
    var requirements = spec.requirements();
    json.put("type", spec.type());
    json.put("priority", spec.priority().wireName());
    Json.putStored(json, "payload", spec.payload());
    json.set("capabilities", Json.strings(requirements.capabilities()));
    json.set("tools", Json.strings(requirements.tools()));
    json.put("preferred_region", requirements.preferredRegion());
    json.put("when_no_agent", spec.whenNoAgent().wireName());
    json.put("max_attempts", spec.maxAttempts());
    json.put("run_timeout_seconds", spec.runTimeout().toSeconds());
    json.put("queue_timeout_seconds", spec.queueTimeout().toSeconds());
  }

  private static void putTimes(ObjectNode json, Job job) {
    put(json, "queued_at", job.queuedAt());
    put(json, "available_at", job.availableAt());
    put(json, "lease_expires_at", job.leaseExpiresAt());
    put(json, "started_at", job.startedAt());
    put(json, "finished_at", job.finishedAt());
    put(json, "cancel_requested_at", job.cancelRequestedAt());
  }

  private static void put(ObjectNode json, String name, @Nullable Instant at) {
    json.put(name, Json.time(at));
  }

  private static @Nullable ObjectNode progress(@Nullable Progress progress) {
    return progress == null
        ? null
        : Json.object().put("percent", progress.percent()).put("message", progress.message());
  }
}

package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tracing.TraceParent;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A claim and its answer on the wire. */
final class ClaimJson {
  /** What may stand in a header. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.~-]{16,200}");

  private ClaimJson() {}

  static ObjectNode write(Claim claim) {
    ObjectNode body = Json.object();
    Json.put(body, "capabilities", claim.capabilities());
    Json.put(body, "tools", claim.tools());
    body.put("worker_type", claim.workerType());
    body.put("tenant_slug", claim.tenantSlug());
    body.put("max_jobs", claim.maxJobs());
    body.put("wait_seconds", claim.longest().toSeconds());
    body.put("claim_id", claim.claimId().toString());
    if (claim.jobTokens()) {
      body.put("job_tokens", true);
    }
    return body;
  }

  static ClaimAnswer read(ObjectNode body) {
    if (!body.path("jobs").isArray()) {
      throw new UnexpectedAnswer("jobs");
    }
    List<ClaimedJob> jobs = body.path("jobs").valueStream().map(ClaimJson::job).toList();
    List<Control> control = body.path("control").valueStream().map(ClaimJson::control).toList();
    return new ClaimAnswer(jobs, control);
  }

  private static ClaimedJob job(JsonNode job) {
    return new ClaimedJob(
        new Lease(new JobId(Json.uuid(job, "id")), Json.number(job, "attempt")),
        new TenantId(Json.uuid(job, "tenant_id")),
        Json.text(job, "tenant_slug"),
        Json.text(job, "type"),
        payload(job.path("payload")),
        Duration.ofSeconds(Math.max(1, Json.number(job, "run_timeout_seconds"))),
        token(job.path("auth_token")),
        TraceParent.parse(job.path(TraceParent.NAME).stringValue(null)));
  }

  private static @Nullable Secret token(JsonNode token) {
    return token.isString() && TOKEN.matcher(token.stringValue()).matches()
        ? Secret.of(token.stringValue())
        : null;
  }

  /**
   * A payload that is no object asks for nothing that a connector knows, and is refused as such; to
   * refuse the whole answer for it would have one tenant's job keep the others' from the agent.
   */
  private static ObjectNode payload(JsonNode payload) {
    return payload instanceof ObjectNode object ? object : Json.object();
  }

  private static Control control(JsonNode message) {
    String type = Json.text(message, "type");
    return switch (type) {
      case "cancel" ->
          new Control.Cancel(
              new Lease(new JobId(Json.uuid(message, "job_id")), Json.number(message, "attempt")));
      case "drain" -> new Control.Drain();
      case "resume" -> new Control.Resume();
      case "update" -> new Control.Update();
      default -> new Control.Unknown(type);
    };
  }
}

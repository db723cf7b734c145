package dev.muster.wire.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.in.scheduling.LeasedJobTokens;
import dev.muster.wire.document.DeclarationShape;
import dev.muster.wire.document.DeclarationShape.Declared;
import dev.muster.wire.document.JobDocument;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Field;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Claims on the wire. */
final class ClaimJson {
  private static final int MOST_SECONDS = Math.toIntExact(JobDispatch.LONGEST_WAIT.toSeconds());
  private static final Pattern CLAIM_ID = Pattern.compile("[\\x21-\\x7e]+");

  static final Shape<Asked> CLAIM =
      in -> {
        var capabilities = in.optional("capabilities", Words.LABELS);
        var tools = in.optional("tools", Words.LABELS);
        var workerType = in.optional("worker_type", Words.LABEL);
        var tenant = in.optional("tenant_slug", Words.SLUG_OR_ANY);
        var jobs = in.optional("max_jobs", Kinds.integer(0, Claim.MOST_JOBS));
        var wait = in.optional("wait_seconds", Kinds.integer(0, MOST_SECONDS));
        var claimId =
            in.optional("claim_id", Kinds.matching(CLAIM_ID, 64, "at most 64 visible characters"));
        var jobTokens = in.optional("job_tokens", Kinds.bool());
        var agent = in.optional("agent", DeclarationShape.PART);
        return () ->
            new Asked(
                new Claim(
                    abilities(capabilities, tools),
                    workerType.orNull(),
                    tenant.or(Optional.empty()).orElse(null),
                    jobs.or(1),
                    Duration.ofSeconds(wait.or(0)),
                    claimId.orNull()),
                jobTokens.or(false),
                agent.orNull());
      };

  private ClaimJson() {}

  /**
   * A claim, and what the agent says of itself with it.
   *
   * @param jobTokens whether the tokens of its jobs are wanted with them
   * @param agent or null where it says nothing
   */
  record Asked(Claim claim, boolean jobTokens, @Nullable Declared agent) {}

  /**
   * The answer to a claim.
   *
   * @param tokens makes the tokens of its jobs, or null where nobody asked for them
   */
  static ObjectNode of(Claimed claimed, @Nullable LeasedJobTokens tokens) {
    var json = Json.object();
    var jobs = claimed.jobs();
    json.set("job", jobs.isEmpty() ? null : of(jobs.getFirst(), tokens));
    var list = json.putArray("jobs");
    jobs.forEach(job -> list.add(of(job, tokens)));
    json.put("no_job_available", jobs.isEmpty());
    var control = json.putArray("control");
    claimed.control().forEach(message -> control.add(of(message)));
    return json;
  }

  private static ObjectNode of(LeasedJob leased, @Nullable LeasedJobTokens tokens) {
    var json = JobDocument.of(leased.job()).put("tenant_slug", leased.tenantSlug().value());
    if (leased.job().spec().trace() instanceof TraceParent trace) {
      json.put(TraceParent.NAME, trace.toString());
    }
    return tokens == null ? json : json.put("auth_token", tokens.of(leased).reveal());
  }

  private static ObjectNode of(Control control) {
    return switch (control) {
      case Control.Cancel(var job, int attempt) ->
          Json.object().put("type", "cancel").put("job_id", job.toString()).put("attempt", attempt);
      case Control.Fleet(var message) -> Json.object().put("type", message.wireName());
    };
  }

  /** Who names neither can run all that it enrolled with. */
  private static @Nullable Abilities abilities(
      Field<List<String>> capabilities, Field<List<String>> tools) {
    if (capabilities.orNull() == null && tools.orNull() == null) {
      return null;
    }
    return Abilities.of(
        Set.copyOf(capabilities.or(List.of())), Set.copyOf(tools.or(List.of())), null);
  }
}

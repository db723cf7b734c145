package dev.muster.http.job;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.http.route.Paging;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.in.job.JobStanding;
import dev.muster.ports.in.job.JobSubmission.Submitted;
import dev.muster.ports.paging.PageRequest;
import dev.muster.wire.document.JobDocument;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Field;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Jobs on the wire. */
final class JobJson {
  /** The parameters of a list. */
  static final String[] LIST = {
    Paging.LIMIT,
    Paging.CURSOR,
    "status",
    "type",
    "priority",
    "tenant_id",
    "error_class",
    "agent_id",
    "finished_after",
    "finished_before"
  };

  /** What a submitted job's token is called. */
  static final String TOKEN = "auth_token";

  private static final Kind<Duration> TIMEOUT =
      Kinds.integer(1, Math.toIntExact(JobSpec.LONGEST_TIMEOUT.toSeconds()))
          .as(Duration::ofSeconds);

  static final Shape<JobSpec> SPEC =
      in -> {
        var type = in.required("type", Words.LABEL);
        var payload = in.required("payload", Kinds.anyObject(JobSpec.MOST_PAYLOAD_BYTES));
        var priority = in.optional("priority", Kinds.oneOf(Priority.class));
        var capabilities = in.optional("capabilities", Words.LABELS);
        var tools = in.optional("tools", Words.LABELS);
        var region = in.optional("preferred_region", Words.LABEL);
        var whenNoAgent = in.optional("when_no_agent", Kinds.oneOf(WhenNoAgent.class));
        var attempts = in.optional("max_attempts", Kinds.integer(1, JobSpec.MOST_ATTEMPTS));
        var run = in.optional("run_timeout_seconds", TIMEOUT);
        var queue = in.optional("queue_timeout_seconds", TIMEOUT);
        var availableAt = in.optional("available_at", Kinds.instant());
        return () ->
            new JobSpec(
                type.get(),
                priority.or(Priority.NORMAL),
                Json.write(payload.get()),
                Requirements.of(set(capabilities), set(tools), region.orNull()),
                whenNoAgent.or(WhenNoAgent.QUEUE),
                attempts.or(JobSpec.DEFAULT_ATTEMPTS),
                run.or(JobSpec.DEFAULT_RUN_TIMEOUT),
                queue.or(JobSpec.DEFAULT_QUEUE_TIMEOUT),
                availableAt.orNull());
      };

  static final Shape<Wanted> WANTED =
      in -> {
        var filter = filter(in);
        var page = Paging.of(in);
        return () -> new Wanted(filter.get(), page.get());
      };

  private JobJson() {}

  /** Which jobs are wanted. */
  record Wanted(JobFilter filter, PageRequest page) {}

  /** Declares the fields by which jobs are chosen, in a query or in a body. */
  static Supplier<JobFilter> filter(Fields in) {
    var status = in.optional("status", Kinds.oneOf(JobStatus.class));
    var type = in.optional("type", Words.LABEL);
    var priority = in.optional("priority", Kinds.oneOf(Priority.class));
    var tenant = in.optional("tenant_id", Words.TENANT_ID);
    var errorClass = in.optional("error_class", Words.ERROR_CLASS);
    var agent = in.optional("agent_id", Kinds.uuid().as(AgentId::new));
    var after = in.optional("finished_after", Kinds.instant());
    var before = in.optional("finished_before", Kinds.instant());
    return () ->
        new JobFilter(
            status.orNull(),
            type.orNull(),
            priority.orNull(),
            tenant.orNull(),
            errorClass.orNull(),
            agent.orNull(),
            after.orNull(),
            before.orNull());
  }

  static ObjectNode of(JobStanding standing) {
    return JobDocument.of(standing.job()).put("queue_priority", standing.queuePriority());
  }

  static ObjectNode of(Submitted submitted) {
    var json = Json.object();
    json.set("job", of(submitted.standing()));
    json.put(TOKEN, submitted.token().reveal());
    json.put("status", asSubmitted(submitted.standing().job().status()).wireName());
    json.putObject("queue").put("position", submitted.position());
    return json;
  }

  /** A quick agent may have told that it has begun; whoever submits is told that it was taken. */
  private static JobStatus asSubmitted(JobStatus status) {
    return status == JobStatus.RUNNING ? JobStatus.ASSIGNED : status;
  }

  /** The answer to a submit as it may be stored. */
  static ObjectNode withoutToken(ObjectNode submitted) {
    return submitted.deepCopy().putNull(TOKEN);
  }

  /**
   * The stored answer with the token in its place: the last of that name, for it follows the job.
   */
  static String withToken(String stored, Secret token) {
    var empty = "\"" + TOKEN + "\":null";
    int at = stored.lastIndexOf(empty);
    return at < 0
        ? stored
        : stored.substring(0, at)
            + "\"%s\":\"%s\"".formatted(TOKEN, token.reveal())
            + stored.substring(at + empty.length());
  }

  static ObjectNode attempts(List<Attempt> attempts) {
    var json = Json.object();
    var items = json.putArray("items");
    attempts.forEach(attempt -> items.add(of(attempt)));
    return json;
  }

  private static ObjectNode of(Attempt attempt) {
    var json = Json.object();
    json.put("attempt", attempt.number());
    json.put("agent_id", attempt.agent().toString());
    json.put("assigned_at", Json.time(attempt.assignedAt()));
    json.put("started_at", Json.time(attempt.startedAt()));
    json.put("ended_at", Json.time(attempt.endedAt()));
    json.put("outcome", attempt.outcome());
    json.set("error", JobDocument.error(attempt.error()));
    return json;
  }

  private static Set<String> set(Field<List<String>> labels) {
    return Set.copyOf(labels.or(List.of()));
  }
}

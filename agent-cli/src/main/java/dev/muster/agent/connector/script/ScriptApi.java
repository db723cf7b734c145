package dev.muster.agent.connector.script;

import dev.muster.agent.api.JobApi;
import dev.muster.agent.api.JobApi.Answer;
import dev.muster.agent.connector.Assignment;
import dev.muster.agent.connector.Cancellation;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.ConnectorOutcome.Completed;
import dev.muster.agent.connector.ConnectorOutcome.Failed;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import dev.muster.domain.credential.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The helper {@code api}: calls to the agent's own server with the job's own token, which the
 * script never sees. Always there, so that a script which may not use it is told so by name.
 */
final class ScriptApi {
  private static final Map<String, String> METHODS =
      Map.of(
          "api.get", "GET",
          "api.post", "POST",
          "api.put", "PUT",
          "api.patch", "PATCH",
          "api.delete", "DELETE");

  /** What stands for the job's id in a path. */
  private static final String JOB_ID = "{job_id}";

  private final @Nullable JobApi api;
  private final InstantSource clock;

  /** Calls through {@code api}; null where this host does not allow it. */
  ScriptApi(@Nullable JobApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  static Set<String> names() {
    return METHODS.keySet();
  }

  boolean isAllowed() {
    return api != null;
  }

  /** Does what a script asked for with one of {@link #names()}. */
  ConnectorOutcome call(String name, JsonNode arguments, Assignment assignment, JobContext context)
      throws RefusedException, InterruptedException {
    if (api == null) {
      throw RefusedException.notAllowedHere(
          "this agent's configuration does not allow api (connectors.script.api)");
    }
    Secret token = assignment.token();
    if (token == null) {
      throw RefusedException.of(
          "api_unavailable", "the server gave this job no token for its calls", false);
    }
    context.conceal(token);
    String method = String.valueOf(METHODS.get(name));
    JobApi.Exchange exchange =
        api.open(
            new JobApi.Call(
                assignment.tenantSlug(),
                method,
                target(name, arguments, assignment),
                body(name, method, arguments),
                token,
                patience(context)));
    try (Cancellation.Registration hook = context.cancellation().onCancel(exchange::end)) {
      return outcome(exchange.await());
    }
  }

  private static String target(String name, JsonNode arguments, Assignment assignment)
      throws RefusedException {
    if (!arguments.path(0).isString()) {
      throw RefusedException.invalidPayload(name + "() takes a path");
    }
    return arguments.path(0).stringValue().replace(JOB_ID, assignment.jobId().toString());
  }

  private static @Nullable JsonNode body(String name, String method, JsonNode arguments)
      throws RefusedException {
    JsonNode body = arguments.path(1);
    if (body.isMissingNode() || body.isNull()) {
      return null;
    }
    if (method.equals("GET") || method.equals("DELETE")) {
      throw RefusedException.invalidPayload(name + "() takes nothing but a path");
    }
    return body;
  }

  private Duration patience(JobContext context) {
    Duration left = Duration.between(clock.instant(), context.deadline());
    return left.compareTo(JobApi.PATIENCE) < 0 ? left : JobApi.PATIENCE;
  }

  private static ConnectorOutcome outcome(Answer answer) throws RefusedException {
    return switch (answer) {
      case Answer.Said(int status, JsonNode body) -> {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("status", status);
        result.set("body", body);
        yield new Completed(result);
      }
      case Answer.TooLarge() ->
          new Failed("response_too_large", "the server's answer is larger than 1 MiB", false);
      case Answer.Silence(String reason) -> new Failed("api_unreachable", reason, true);
      case Answer.NotAllowed() ->
          throw RefusedException.notAllowedHere(
              "api calls go to paths below /api/v1/ of the agent's server only");
      case Answer.NoHost() ->
          throw RefusedException.of(
              "tenant_without_host",
              "the server names this job's tenant so that no host can be called by it"
                  + " (tenant-host-suffix)",
              false);
    };
  }
}

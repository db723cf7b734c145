package dev.muster.agent.connector.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.agent.connector.Assignment;
import dev.muster.agent.connector.Connector;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.LogStream;
import dev.muster.agent.connector.RefusedException;
import dev.muster.sandbox.HelperAnswer;
import dev.muster.sandbox.ScriptHost;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What a script of one job can have done: what other connectors allow here, under their limits. */
final class JobHost implements ScriptHost {
  private static final Logger log = LoggerFactory.getLogger(JobHost.class);
  private static final Set<String> OFFERED = Set.of("http", "ldap");

  private final Map<String, Connector> connectors;
  private final ScriptApi api;
  private final Set<String> names;
  private final Assignment assignment;
  private final JobContext context;
  private final SecretWords secrets = new SecretWords();
  private final Set<String> passing = new HashSet<>();

  JobHost(
      Map<String, Connector> allowed, ScriptApi api, Assignment assignment, JobContext context) {
    this.api = api;
    this.connectors =
        allowed.entrySet().stream()
            .filter(each -> OFFERED.contains(each.getKey()))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    this.names =
        Stream.concat(connectors.keySet().stream(), ScriptApi.names().stream())
            .collect(Collectors.toUnmodifiableSet());
    this.assignment = assignment;
    this.context = context;
  }

  @Override
  public Set<String> names() {
    return names;
  }

  @Override
  public HelperAnswer call(String name, JsonNode argument) throws InterruptedException {
    try {
      if (name.equals("secret")) {
        return new HelperAnswer.Value(StringNode.valueOf(secrets.issue(argument)));
      }
      if (ScriptApi.names().contains(name)) {
        return answer(api.call(name, argument, assignment, context));
      }
      Connector connector = connectors.get(name);
      if (connector == null) {
        throw RefusedException.notAllowedHere("there is no such helper here");
      }
      return answer(connector.run(part(name, argument), context));
    } catch (RefusedException e) {
      return answer(e.outcome());
    } catch (RuntimeException e) {
      log.error(
          "job {}: connector {} broke down: {}", assignment.jobId(), name, e.getClass().getName());
      return new HelperAnswer.Refused("connector_failed", "the connector broke down");
    }
  }

  @Override
  public void log(String text) {
    byte[] bytes = (text + "\n").getBytes(UTF_8);
    context.log(LogStream.STDOUT, bytes, 0, bytes.length);
  }

  /** Whether another attempt might get past a refusal of this class. */
  boolean isPassing(String errorClass) {
    return passing.contains(errorClass);
  }

  /** The call as the job that it could have been. */
  private Assignment part(String name, JsonNode argument) throws RefusedException {
    if (!(secrets.inPlace(argument) instanceof ObjectNode asked)) {
      throw RefusedException.invalidPayload(name + "() takes an object");
    }
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    if (name.equals("http")) {
      payload.set("request", asked);
      // A script looks at the status by itself.
      payload.putObject("expect").put("status", "any");
    } else {
      payload.setAll(asked);
    }
    payload.put("connector", name);
    return new Assignment(
        assignment.jobId(),
        assignment.attempt(),
        assignment.tenantId(),
        assignment.tenantSlug(),
        assignment.type(),
        payload,
        assignment.runTimeout(),
        null);
  }

  // Redacted before the script sees it: it could otherwise turn a value around and send it back.
  private HelperAnswer answer(ConnectorOutcome outcome) {
    return switch (outcome) {
      case ConnectorOutcome.Completed completed ->
          new HelperAnswer.Value(context.redacted(completed.result()));
      case ConnectorOutcome.Failed failed -> {
        if (failed.retryable()) {
          passing.add(failed.errorClass());
        }
        yield new HelperAnswer.Refused(failed.errorClass(), context.redacted(failed.message()));
      }
      case ConnectorOutcome.Cancelled cancelled ->
          new HelperAnswer.Refused("cancelled", context.redacted(cancelled.detail()));
    };
  }
}

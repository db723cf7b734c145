package dev.muster.agent.connector.script;

import dev.muster.agent.connector.Assignment;
import dev.muster.agent.connector.Cancellation;
import dev.muster.agent.connector.Connector;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.ConnectorOutcome.Cancelled;
import dev.muster.agent.connector.ConnectorOutcome.Completed;
import dev.muster.agent.connector.ConnectorOutcome.Failed;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import dev.muster.sandbox.Breach;
import dev.muster.sandbox.RunningScript;
import dev.muster.sandbox.Sandbox;
import dev.muster.sandbox.Script;
import dev.muster.sandbox.ScriptLimits;
import dev.muster.sandbox.ScriptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs the scripts that jobs bring, each in a JVM of its own. */
final class ScriptConnector implements Connector {
  private static final Set<String> KEYS = Set.of("connector", "source", "config");
  private static final int LONGEST_MESSAGE = 2_000;

  private final ScriptLimits limits;
  private final ScriptApi api;
  private final InstantSource clock;
  private volatile Map<String, Connector> beside = Map.of();

  ScriptConnector(ScriptLimits limits, ScriptApi api, InstantSource clock) {
    this.limits = limits;
    this.api = api;
    this.clock = clock;
  }

  @Override
  public String name() {
    return ScriptConnectorProvider.NAME;
  }

  @Override
  public boolean needsJobTokens() {
    return api.isAllowed();
  }

  @Override
  public void meet(Map<String, Connector> allowed) {
    beside = Map.copyOf(allowed);
  }

  @Override
  public ConnectorOutcome run(Assignment assignment, JobContext context)
      throws InterruptedException {
    try {
      Script script = script(assignment.payload());
      if (context.cancellation().isCancelled()) {
        return new Cancelled(true, "nothing was run");
      }
      return run(script, assignment, context);
    } catch (RefusedException e) {
      return e.outcome();
    }
  }

  private static Script script(ObjectNode payload) throws RefusedException {
    JsonNode config = payload.path("config");
    if (!KEYS.containsAll(payload.propertyNames())
        || !payload.path("source").isString()
        || !config.isMissingNode() && !config.isObject()) {
      throw RefusedException.invalidPayload(
          "a script job has a source, and may have a config, which is an object");
    }
    return new Script(
        payload.path("source").stringValue(),
        config.isObject() ? config : JsonNodeFactory.instance.objectNode());
  }

  private ConnectorOutcome run(Script script, Assignment assignment, JobContext context)
      throws InterruptedException {
    Instant now = clock.instant();
    Instant own = now.plus(limits.time());
    boolean jobEndsFirst = context.deadline().isBefore(own);
    JobContext inTime = new TimedContext(context, jobEndsFirst ? context.deadline() : own);
    Duration left = Duration.between(now, inTime.deadline());
    JobHost helpers = new JobHost(beside, api, assignment, inTime);
    long started = System.nanoTime();
    ScriptOutcome outcome =
        switch (Sandbox.start(script, limits.within(left), helpers, context.workingFolder())) {
          case Sandbox.Start.Refused refused -> new ScriptOutcome.Broke(refused.breach());
          case Sandbox.Start.Started running -> ended(running.script(), context);
        };
    return switch (outcome) {
      case ScriptOutcome.Returned returned -> completed(returned.result(), started);
      case ScriptOutcome.Threw threw -> failed(threw, helpers, context);
      case ScriptOutcome.Broke broke when broke.breach() == Breach.TIME && jobEndsFirst ->
          new Failed("run_timeout", "the script had not ended when the job's time was up", true);
      case ScriptOutcome.Broke broke ->
          new Failed(
              broke.breach().errorClass(),
              broke.breach().explanation(),
              broke.breach().isPassing());
      case ScriptOutcome.Stopped stopped -> new Cancelled(true, "the script was ended");
    };
  }

  private static ScriptOutcome ended(RunningScript script, JobContext context)
      throws InterruptedException {
    try (Cancellation.Registration hook = context.cancellation().onCancel(script::stop)) {
      return script.await();
    }
  }

  private static Completed completed(JsonNode value, long started) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("value", value);
    result.put("duration_ms", Duration.ofNanos(System.nanoTime() - started).toMillis());
    return new Completed(result);
  }

  private static Failed failed(ScriptOutcome.Threw threw, JobHost helpers, JobContext context) {
    // Redacted before it is cut: half of a secret would not be recognised any more.
    String message = context.redacted(threw.message());
    return new Failed(
        threw.errorClass().orElse("script_error"),
        message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)),
        threw.errorClass().map(helpers::isPassing).orElse(false));
  }
}

package dev.muster.agent.connector.exec;

import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a job's outcome of how its tool ended. */
record ToolReport(
    Tool tool, JobContext context, OutputCapture stdout, OutputCapture stderr, Duration duration) {
  private static final int MESSAGE_TAIL = 500;

  ConnectorOutcome exited(int code, Set<Long> left) {
    if (!left.isEmpty()) {
      context.log("processes of the tool that could not be killed: " + left);
    }
    if (!tool.exitCodes().success().contains(code)) {
      return new ConnectorOutcome.Failed(
          "tool_failed",
          tool.name() + " ended with exit code " + code + tail(),
          tool.exitCodes().retry().contains(code));
    }
    try {
      return new ConnectorOutcome.Completed(result(code));
    } catch (RefusedException e) {
      return e.outcome();
    }
  }

  ConnectorOutcome cancelled(Set<Long> left) {
    return left.isEmpty()
        ? new ConnectorOutcome.Cancelled(true, "all of its processes have ended")
        : new ConnectorOutcome.Cancelled(false, "kill_unconfirmed: " + left);
  }

  ConnectorOutcome outOfTime(Set<Long> left) {
    String message = tool.name() + " was stopped when its time was up";
    return left.isEmpty()
        ? new ConnectorOutcome.Failed("run_timeout", message, true)
        : new ConnectorOutcome.Failed(
            "kill_unconfirmed", message + ", but not all of it: " + left, true);
  }

  private ObjectNode result(int code) throws RefusedException {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("tool", tool.name());
    result.put("exit_code", code);
    result.put("duration_ms", duration.toMillis());
    Optional<JsonNode> findings = FindingsReader.read(tool, context.workingFolder(), stdout);
    findings.ifPresent(found -> result.set("findings", found));
    // What the findings were read from would only be the same again.
    if (findings.isEmpty() || tool.result().filter(ResultFormat::fromFile).isPresent()) {
      result.put("stdout", stdout.text());
      result.put("stdout_truncated", stdout.isTruncated());
    }
    result.put("stderr", stderr.text());
    result.put("stderr_truncated", stderr.isTruncated());
    return result;
  }

  // Redacted before it is cut, because half of a secret would not be recognised.
  private String tail() {
    String text = context.redacted(stderr.text()).strip();
    return text.isEmpty() ? "" : ": " + text.substring(Math.max(0, text.length() - MESSAGE_TAIL));
  }
}

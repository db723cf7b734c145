package dev.muster.agent.connector.exec;

import dev.muster.agent.connector.Assignment;
import dev.muster.agent.connector.Connector;
import dev.muster.agent.connector.ConnectorEnvironment;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.LogStream;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.process.ProcessMark;
import dev.muster.agent.process.ToolCommand;
import dev.muster.agent.process.ToolProcess;
import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Runs the tools that the configuration lists. */
final class ExecConnector implements Connector {
  private final Map<String, Tool> tools;
  private final ConnectorEnvironment environment;

  ExecConnector(Map<String, Tool> tools, ConnectorEnvironment environment) {
    this.tools = Map.copyOf(tools);
    this.environment = environment;
  }

  @Override
  public String name() {
    return ExecConnectorProvider.NAME;
  }

  @Override
  public boolean takesUnnamed(ObjectNode payload) {
    return payload.has("tool");
  }

  @Override
  public ConnectorOutcome run(Assignment assignment, JobContext context)
      throws InterruptedException {
    try {
      Tool tool = tools.get(assignment.payload().path("tool").asString(""));
      if (tool == null) {
        throw RefusedException.notAllowedHere("this tool is not allowed on this agent");
      }
      ToolRequest request = ToolRequest.of(assignment.payload(), tool);
      return run(tool, request, assignment, context);
    } catch (RefusedException e) {
      return e.outcome();
    } catch (IOException e) {
      return new ConnectorOutcome.Failed(
          "agent_storage", "the agent could not write the tool's secrets", true);
    }
  }

  private ConnectorOutcome run(
      Tool tool, ToolRequest request, Assignment assignment, JobContext context)
      throws InterruptedException, RefusedException, IOException {
    SecretDelivery secrets = SecretDelivery.prepare(tool, request, context);
    OutputCapture stdout = capture(LogStream.STDOUT, tool, context);
    OutputCapture stderr = capture(LogStream.STDERR, tool, context);
    long started = System.nanoTime();
    ToolProcess process =
        start(command(tool, request, secrets, assignment, context), stdout, stderr);
    ToolRun.Ending ending =
        ToolRun.await(process, context, left(tool, context), environment.cancelGrace());
    Duration duration = Duration.ofNanos(System.nanoTime() - started);
    ToolReport report = new ToolReport(tool, context, stdout, stderr, duration);
    return switch (ending.end()) {
      case EXITED -> report.exited(process.exit().join(), ending.left());
      case CANCELLED -> report.cancelled(ending.left());
      case OUT_OF_TIME -> report.outOfTime(ending.left());
    };
  }

  private static OutputCapture capture(LogStream stream, Tool tool, JobContext context) {
    return new OutputCapture(stream, tool.limits().outputBytes(), context);
  }

  private Duration left(Tool tool, JobContext context) {
    Duration job = Duration.between(environment.clock().instant(), context.deadline());
    return job.compareTo(tool.limits().time()) < 0 ? job : tool.limits().time();
  }

  private ToolCommand command(
      Tool tool,
      ToolRequest request,
      SecretDelivery secrets,
      Assignment assignment,
      JobContext context) {
    Map<String, List<String>> values = new HashMap<>(request.parameters());
    values.putAll(secrets.files());
    values.put("work-folder", List.of(context.workingFolder().toString()));
    values.put(
        "result-file", List.of(context.workingFolder().resolve(ResultFormat.FILE).toString()));
    return new ToolCommand(
        Programs.located(tool.command().fill(values)),
        environment(tool, values, secrets),
        context.workingFolder(),
        secrets.input(),
        new ProcessMark(
            assignment.jobId().toString(), assignment.attempt(), environment.agentInstance()));
  }

  private static Map<String, Secret> environment(
      Tool tool, Map<String, List<String>> values, SecretDelivery secrets) {
    Map<String, Secret> environment = new LinkedHashMap<>();
    for (String name : tool.passed()) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, Secret.of(value));
      }
    }
    tool.environment()
        .forEach((name, value) ->
            environment.put(name, Secret.of(CommandTemplate.fillOne(value, values))));
    environment.putAll(secrets.environment());
    return environment;
  }

  private ToolProcess start(ToolCommand command, OutputCapture stdout, OutputCapture stderr)
      throws RefusedException {
    if (!Programs.isExecutable(command.arguments().getFirst())) {
      throw RefusedException.of("tool_not_found", "the tool is not installed on this agent", false);
    }
    try {
      return ToolProcess.start(command, environment.groups(), stdout, stderr);
    } catch (IOException e) {
      throw RefusedException.of("tool_not_started", "the tool could not be started", true);
    }
  }
}

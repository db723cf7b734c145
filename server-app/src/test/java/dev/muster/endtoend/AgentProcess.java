package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The real agent, started as its host's operator starts it. */
final class AgentProcess implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(60);

  private final String name;
  private final Path state;
  private final Map<String, String> environment;
  private final Path log;
  private volatile JavaProgram program;

  private AgentProcess(
      String name, Path state, Map<String, String> environment, Path log, JavaProgram program) {
    this.name = name;
    this.state = state;
    this.environment = environment;
    this.log = log;
    this.program = program;
  }

  /** The environment of an agent that keeps its state in the workshop. */
  static Map<String, String> environment(
      Workshop workshop, String name, String server, Map<String, String> more) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("BACKEND_URL", server);
    environment.put("AGENT_NAME", name);
    environment.put("MUSTER_STATE", workshop.file(name).toString());
    environment.put("MUSTER_AGENT_CONFIG", workshop.file(name + ".yaml").toString());
    environment.putAll(more);
    return environment;
  }

  /** Starts one with the configuration {@code <name>.yaml} of the workshop. */
  static AgentProcess start(Workshop workshop, String name, String server, Map<String, String> more)
      throws Exception {
    Map<String, String> environment = environment(workshop, name, server, more);
    Path log = workshop.file(name + ".log");
    JavaProgram program =
        JavaProgram.start(JavaProgram.agentJar(), List.of("run"), environment, log);
    return new AgentProcess(name, workshop.file(name), environment, log, program);
  }

  /** Runs one of the agent's commands to its end, which must be a good one. */
  static void call(
      Workshop workshop, Map<String, String> environment, List<String> arguments, String input)
      throws Exception {
    JavaProgram program =
        JavaProgram.start(
            JavaProgram.agentJar(), arguments, environment, workshop.file("calls.log"), input);
    assertThat(program.exitCode()).as(program.log()).isZero();
    program.close();
  }

  JavaProgram program() {
    return program;
  }

  String log() {
    return program.log();
  }

  /** Waits until an operator sees it online; answers its id. */
  String awaitOnline(Operator operator) throws Exception {
    String[] found = new String[1];
    Await.until(
        STARTING,
        name + " to be online",
        () -> {
          assertThat(program.isAlive()).as(program.log()).isTrue();
          for (JsonNode agent : operator.api().all("/api/v1/admin/platform-agents?online=true")) {
            if (agent.path("name").asString().equals(name)) {
              found[0] = agent.path("id").asString();
            }
          }
          return found[0] != null;
        });
    return found[0];
  }

  /** What it was given when it enrolled, as anyone with its files has it. */
  SimulatedAgent impersonated(ApiClient anyone, String id) throws Exception {
    JsonNode identity = ApiClient.JSON.readTree(state.resolve("identity.json").toFile());
    String credential = identity.path("api_key").asString();
    return new SimulatedAgent(id, new ApiClient(anyone.server(), credential));
  }

  /** Starts it again after it has ended. */
  void restart() throws Exception {
    program = JavaProgram.start(JavaProgram.agentJar(), List.of("run"), environment, log);
  }

  @Override
  public void close() throws InterruptedException {
    // Its grace for running jobs is not a test's to wait for.
    program.kill();
    program.close();
  }
}

package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An agent that is killed in the middle of a job loses its work, and nobody else's. */
class AgentKilledIT {
  private static final Duration RUNNING = Duration.ofSeconds(60);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();

  @Test
  void a_killed_agents_job_is_completed_by_another_once() throws Exception {
    TestDatabase database = WORKSHOP.later(TestDatabase.open());
    ServerProcess server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(database.environment(), Map.of("MUSTER_LEASE_SECONDS", "3"))));
    Operator operator = Operator.of(server);
    Customer acme = operator.customer("acme", "pro", "shared");
    Path gate = WORKSHOP.file("gate");
    Path tool = tool(gate);
    AgentProcess first = agent(operator, "first", tool);
    String firstId = first.awaitOnline(operator);
    String job = acme.submit("{\"type\": \"slow\", \"payload\": {\"tool\": \"slow\"}}");
    acme.awaitStatus(job, "running", RUNNING);
    Await.until(RUNNING, "the tool", () -> Processes.with(tool.toString()).size() > 1);
    String secondId = agent(operator, "second", tool).awaitOnline(operator);

    WORKSHOP.write("gate", "");
    first.program().kill();

    assertThat(Processes.with(tool.toString())).as("what it left behind").hasSizeGreaterThan(1);
    acme.awaitStatus(job, "completed", RUNNING);
    JsonNode completed = acme.job(job);
    assertThat(completed.path("attempt").asInt()).isEqualTo(2);
    assertThat(completed.path("agent_id").asString()).isEqualTo(secondId);

    ApiClient.Answer late = first.impersonated(operator.api(), firstId).report(job, 1, "completed");
    assertThat(late.status()).as(late.text()).isEqualTo(409);
    assertThat(late.code()).isEqualTo("lease_lost");
    assertThat(acme.job(job)).isEqualTo(completed);
    assertThat(acme.attempts(job))
        .extracting(attempt -> attempt.path("outcome").asString())
        .containsExactlyInAnyOrder("lease_lost", "completed");
    assertThat(acme.audit(job))
        .filteredOn(entry -> entry.path("action").asString().equals("agent.task_completed"))
        .hasSize(1);

    first.restart();
    first.awaitOnline(operator);
    Await.until(
        RUNNING, "the leftovers to be gone", () -> Processes.with(tool.toString()).isEmpty());
  }

  /** Runs for ever where the gate is closed, with a child that has left it. */
  private static Path tool(Path gate) throws Exception {
    return WORKSHOP.script(
        "slow.sh",
        """
        #!/bin/sh
        [ -e %s ] && exit 0
        if [ "$1" != child ]; then setsid "$0" child > /dev/null 2>&1 & fi
        while :; do sleep 1; done
        """
            .formatted(gate));
  }

  private static AgentProcess agent(Operator operator, String name, Path tool) throws Exception {
    WORKSHOP.write(
        name + ".yaml",
        """
        connectors:
          exec:
            tools:
              slow:
                command: [%s]
                environment: {PATH: "%s"}
        """
            .formatted(tool, System.getenv("PATH")));
    return WORKSHOP.later(
        AgentProcess.start(
            WORKSHOP,
            name,
            operator.api().server(),
            Map.of("MUSTER_BOOTSTRAP_TOKEN", operator.bootstrapToken(1))));
  }
}

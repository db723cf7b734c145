package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A cancelled tool ends, however little it wants to. */
class CancelIT {
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(10);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();

  @Test
  void cancel_reaches_what_forks_away_ignores_sigterm_and_floods_its_output() throws Exception {
    TestDatabase database = WORKSHOP.later(TestDatabase.open());
    ServerProcess server =
        WORKSHOP.later(
            ServerProcess.start(WORKSHOP.file("server.log"), List.of(database.environment())));
    Operator operator = Operator.of(server);
    Customer acme = operator.customer("acme", "pro", "shared");
    Path tool = tool();
    AgentProcess agent = agent(operator, tool);
    agent.awaitOnline(operator);
    String job = acme.submit("{\"type\": \"bad\", \"payload\": {\"tool\": \"stubborn\"}}");
    acme.awaitStatus(job, "running", STARTING);
    Await.until(STARTING, "all four processes", () -> Processes.with(tool.toString()).size() >= 4);

    acme.api().post("/api/v1/platform-jobs/" + job + "/cancel", "{}").expect(200);

    acme.awaitStatus(job, "cancelled", GRACE);
    assertThat(Processes.with(tool.toString())).isEmpty();
    assertThat(agent.program().isAlive()).isTrue();
    assertThat(acme.attempts(job))
        .extracting(attempt -> attempt.path("outcome").asString())
        .containsExactly("cancelled");
  }

  /** Four processes: itself, one that floods too, and two in sessions of their own. */
  private static Path tool() throws Exception {
    return WORKSHOP.script(
        "stubborn.sh",
        """
        #!/bin/sh
        trap '' TERM HUP INT
        case "$1" in
          "") "$0" flood & "$0" fork & "$0" flood ;;
          fork) setsid "$0" twice & exit 0 ;;
          twice) setsid "$0" quiet > /dev/null 2>&1 & "$0" flood ;;
          quiet) while :; do sleep 1; done ;;
          flood) while :; do echo "and on, and on, and on, and on, and on, and on, and on"; done ;;
        esac
        """);
  }

  private static AgentProcess agent(Operator operator, Path tool) throws Exception {
    WORKSHOP.write(
        "host.yaml",
        """
        cancel-grace: 2s
        connectors:
          exec:
            tools:
              stubborn:
                command: [%s]
                environment: {PATH: "%s"}
        """
            .formatted(tool, System.getenv("PATH")));
    return WORKSHOP.later(
        AgentProcess.start(
            WORKSHOP,
            "host",
            operator.api().server(),
            Map.of("MUSTER_BOOTSTRAP_TOKEN", operator.bootstrapToken(1))));
  }
}

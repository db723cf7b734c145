package dev.muster.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A tool that runs for ever, with a child that has left it, until it is killed; once its gate is
 * open it ends at once.
 *
 * @param workshop where it lives
 * @param script the program
 */
record SlowTool(Workshop workshop, Path script) {
  /** What a job of it is. */
  static final String JOB = "{\"type\": \"slow\", \"payload\": {\"tool\": \"slow\"}}";

  static SlowTool in(Workshop workshop) throws IOException {
    return new SlowTool(
        workshop,
        workshop.script(
            "slow.sh",
            """
            #!/bin/sh
            [ -e %s ] && exit 0
            if [ "$1" != child ]; then setsid "$0" child > /dev/null 2>&1 & fi
            while :; do sleep 1; done
            """
                .formatted(workshop.file("gate"))));
  }

  void openGate() throws IOException {
    workshop.write("gate", "");
  }

  /** The processes of it that are alive. */
  List<Long> running() throws IOException {
    return Processes.with(script.toString());
  }

  /** Starts an agent that may run it. */
  AgentProcess agent(Operator operator, String name) throws Exception {
    workshop.write(
        name + ".yaml",
        """
        shutdown-grace: 1s
        cancel-grace: 1s
        connectors:
          exec:
            tools:
              slow:
                command: [%s]
                environment: {PATH: "%s"}
        """
            .formatted(script, System.getenv("PATH")));
    return workshop.later(
        AgentProcess.start(
            workshop,
            name,
            operator.api().server(),
            Map.of("MUSTER_BOOTSTRAP_TOKEN", operator.bootstrapToken(1))));
  }
}

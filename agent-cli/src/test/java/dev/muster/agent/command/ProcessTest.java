package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.Main;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.fake.Seen;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process of its own, which is the only way to see what signals do to it. */
class ProcessTest {
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";
  private static final String OTHER = "018f0000-0000-7000-8000-000000000002";

  @TempDir private Path folder;

  @Test
  void a_terminated_agent_ends_in_order_with_code_zero() throws Exception {
    try (FakeServer server = new FakeServer()) {
      server.registration(
          """
          {"agent": {"id": "018f0000-0000-7000-8000-0000000000aa"},
           "api_key": "mst_agent_KEY", "update_key": "00ff"}\
          """);
      Path log = folder.resolve("log");
      Process agent = start(server, log);
      try {
        server.awaitCall("claim", body -> body.path("max_jobs").asInt() == 4);
        agent.destroy();

        assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isZero();
      } finally {
        agent.destroyForcibly();
      }
      assertThat(Files.readString(log))
          .contains("event=started", "event=stopping reason=REQUESTED")
          .doesNotContain("KEY")
          .doesNotContain("abcdef.0123456789abcdef");
    }
  }

  @Test
  void a_job_runs_a_program_that_this_host_allows_and_no_other() throws Exception {
    try (FakeServer server = new FakeServer()) {
      server.registration(
          """
          {"agent": {"id": "018f0000-0000-7000-8000-0000000000aa"},
           "api_key": "mst_agent_KEY", "update_key": "00ff"}\
          """);
      Path leftover =
          Files.createDirectories(
              StateFolder.workFolder(folder.resolve("state")).resolve("left-behind"));
      Files.setPosixFilePermissions(
          folder.resolve("state"), PosixFilePermissions.fromString("rwx------"));
      Files.writeString(
          folder.resolve("agent.yaml"),
          """
          connectors:
            exec:
              tools:
                say:
                  command: [/bin/echo, "hello {whom}"]
                  parameters: {whom: {pattern: "[a-z]+"}}
          """);
      Process agent = start(server, folder.resolve("log"));
      try {
        server.submit(JOB, "{\"tool\": \"say\", \"whom\": \"world\"}");
        server.awaitStatus(JOB, "completed");
        server.submit(OTHER, "{\"tool\": \"shell\", \"command\": \"id\"}");
        Seen refused = server.awaitStatus(OTHER, "failed");

        assertThat(refused.body().path("error").path("class").asString())
            .isEqualTo("not_allowed_here");
        assertThat(server.seen("logs").getFirst().body().toString()).contains("hello world");
        assertThat(leftover).doesNotExist();
      } finally {
        agent.destroyForcibly();
        agent.waitFor();
      }
    }
  }

  private Process start(FakeServer server, Path log) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path").replace(File.pathSeparator, ":"),
            Main.class.getName(),
            "run");
    builder
        .environment()
        .putAll(
            Map.of(
                "BACKEND_URL",
                server.url().toString(),
                "MUSTER_STATE",
                folder.resolve("state").toString(),
                "MUSTER_BOOTSTRAP_TOKEN",
                "abcdef.0123456789abcdef",
                "AGENT_NAME",
                "a1"));
    Path file = folder.resolve("agent.yaml");
    if (Files.exists(file)) {
      builder.environment().put("MUSTER_AGENT_CONFIG", file.toString());
    }
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }
}

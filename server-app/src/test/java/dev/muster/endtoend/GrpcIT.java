package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real agent on the stream: as good as with polls, and let go of as soon. */
class GrpcIT {
  private static final Duration RUNNING = Duration.ofSeconds(90);

  /** A second, as of a poll, and what a busy machine takes. */
  private static final Duration LET_GO = Duration.ofSeconds(10);

  private static final int CREDENTIAL_REFUSED = 8;

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static final TestDatabase DATABASE = WORKSHOP.later(TestDatabase.open());
  private static int port;
  private static ServerProcess server;
  private static Operator operator;
  private static Customer acme;

  @BeforeAll
  static void start_a_server_that_speaks_both() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(DATABASE.environment(), Map.of("GRPC_PORT", "" + port))));
    operator = Operator.of(server);
    acme = operator.customer("acme", "pro", "shared");
  }

  @Test
  void a_job_is_run_on_the_stream_with_its_log_and_another_is_cancelled() throws Exception {
    try (AgentProcess agent = agent("runner")) {
      agent.awaitOnline(operator);
      String quick = acme.submit(job("runner", "quick"));
      acme.awaitStatus(quick, "completed", RUNNING);
      assertThat(acme.api().get("/api/v1/platform-jobs/" + quick + "/logs").text())
          .contains("hello from the tool");
      String slow = acme.submit(job("runner", "slow"));
      acme.awaitStatus(slow, "running", RUNNING);

      acme.api().post("/api/v1/platform-jobs/" + slow + "/cancel", "{}").expect(200);

      acme.awaitStatus(slow, "cancelled", RUNNING);
      assertThat(agent.log()).contains("grpc 127.0.0.1:" + port);
    }
  }

  @Test
  void a_server_that_is_restarted_midway_loses_no_job() throws Exception {
    try (AgentProcess agent = agent("survivor")) {
      agent.awaitOnline(operator);
      String before = acme.submit(job("survivor", "until-told"));
      acme.awaitStatus(before, "running", RUNNING);

      long asked = System.nanoTime();
      assertThat(server.program().terminate()).isBetween(0, 143);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(20));
      Files.createFile(WORKSHOP.file("told"));
      server.restart();

      acme.awaitStatus(before, "completed", RUNNING);
      String after = acme.submit(job("survivor", "quick"));
      acme.awaitStatus(after, "completed", RUNNING);
      assertThat(acme.attempts(before)).hasSize(1);
    }
  }

  @Test
  void an_agent_whose_key_is_revoked_is_let_go_of_at_once() throws Exception {
    try (AgentProcess agent = agent("revoked")) {
      String id = agent.awaitOnline(operator);
      String job = acme.submit(job("revoked", "quick"));
      acme.awaitStatus(job, "completed", RUNNING);

      operator.api().post("/api/v1/admin/platform-agents/" + id + "/revoke-key", "{}").expect(200);

      Await.until(LET_GO, "the agent to end", () -> !agent.program().isAlive());
      assertThat(agent.program().exitCode()).as(agent.log()).isEqualTo(CREDENTIAL_REFUSED);
    }
  }

  @Test
  void a_grpc_port_that_is_taken_fails_the_start_in_one_line() throws Exception {
    try (TestDatabase other = TestDatabase.open();
        JavaProgram second =
            JavaProgram.start(
                JavaProgram.serverJar(),
                List.of("serve"),
                with(other.environment(), "GRPC_PORT", "" + port),
                WORKSHOP.file("second.log"))) {
      assertThat(second.exitCode()).as(second.tail()).isEqualTo(5);
      assertThat(second.log()).contains("cannot listen on 127.0.0.1:" + port);
    }
  }

  private static Map<String, String> with(Map<String, String> some, String name, String value) {
    Map<String, String> all = ServerProcess.usual();
    all.putAll(some);
    all.put(name, value);
    return all;
  }

  private static String job(String agent, String tool) {
    return """
    {"type": "any", "capabilities": ["%s"], "payload": {"tool": "%s"}}\
    """
        .formatted(agent, tool);
  }

  private static AgentProcess agent(String name) throws Exception {
    Path quick = WORKSHOP.script("quick.sh", "#!/bin/sh\necho hello from the tool\n");
    Path slow = WORKSHOP.script("slow.sh", "#!/bin/sh\nexec sleep 600\n");
    Path told =
        WORKSHOP.script(
            "until-told.sh",
            "#!/bin/sh\nwhile [ ! -e \"" + WORKSHOP.file("told") + "\" ]; do sleep 0.1; done\n");
    WORKSHOP.write(
        name + ".yaml",
        """
        transport: grpc
        grpc-addr: 127.0.0.1:%d
        capabilities: [%s]
        cancel-grace: 1s
        connectors:
          exec:
            tools:
              quick: {command: [%s], environment: {PATH: "%s"}}
              slow: {command: [%s], environment: {PATH: "%s"}}
              until-told: {command: [%s], environment: {PATH: "%s"}}
        """
            .formatted(
                port,
                name,
                quick,
                System.getenv("PATH"),
                slow,
                System.getenv("PATH"),
                told,
                System.getenv("PATH")));
    return AgentProcess.start(
        WORKSHOP, name, server.url(), Map.of("MUSTER_BOOTSTRAP_TOKEN", operator.bootstrapToken(1)));
  }
}

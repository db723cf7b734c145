package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.configuration.ServerAddress;
import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.network.HttpClients;
import dev.muster.agent.network.Route;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final Answer READY =
      new Answer.Sent(200, "application/json", "{\"status\": \"ready\"}", Map.of());

  private final StringWriter out = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private FakeServer server;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    server.always("readyz", READY);
    environment.put("BACKEND_URL", server.url().toString());
    environment.put("MUSTER_STATE", folder.resolve("state").toString());
    environment.put("AGENT_NAME", "a1");
    environment.put("AGENT_TOKEN", "agent_" + "0".repeat(64));
    environment.put("PATH", "/usr/bin:/bin");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everything_that_works_is_said_to() throws Exception {
    assertThat(check()).isZero();

    assertThat(out.toString())
        .containsPattern("settings +ok")
        .containsPattern("state +ok .* MiB free")
        .containsPattern("identity +ok +presents itself by name: a1")
        .containsPattern("vault +ok")
        .containsPattern("dns +ok +127\\.0\\.0\\.1")
        .containsPattern("server +ok .* is ready")
        .containsPattern("clock +ok +differs from the server's by \\d+ s")
        .containsPattern("credential +ok +works")
        .doesNotContain("failed")
        .doesNotContain("0000000000");
  }

  @Test
  void a_tool_that_is_not_there_is_named() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("agent.yaml"),
            """
            connectors:
              exec:
                tools:
                  there: {command: [sh, -c, "true"]}
                  missing: {command: [/nowhere/at-all]}
            """);

    assertThat(check("--config", file.toString())).isEqualTo(ExitCode.CONFIGURATION.number());

    assertThat(out.toString())
        .containsPattern("tool +ok +there: sh")
        .containsPattern("tool +failed +missing: no program /nowhere/at-all");
  }

  @Test
  void a_server_that_does_not_speak_grpc_where_it_should_is_named() throws Exception {
    assertThat(check("--transport", "grpc", "--grpc-addr", "127.0.0.1:1"))
        .isEqualTo(ExitCode.SERVER_UNREACHABLE.number());

    assertThat(out.toString())
        .containsPattern("credential +ok +works")
        .containsPattern("grpc +failed +127\\.0\\.0\\.1:1, in plain text: does not answer");
  }

  @Test
  void a_login_page_is_no_muster_server() throws Exception {
    server.always("readyz", Answer.loginPage());

    assertThat(check()).isEqualTo(ExitCode.SERVER_UNREACHABLE.number());

    assertThat(out.toString())
        .containsPattern("server +failed .* with text/html, but not by a Muster server")
        .containsPattern("credential +\\? +cannot be tried");
  }

  @Test
  void a_clock_that_is_wrong_is_told_of() throws Exception {
    assertThat(clockAt(Duration.ofHours(1)).standing()).isEqualTo(Finding.Standing.FAILED);
    assertThat(clockAt(Duration.ofHours(-1)).standing()).isEqualTo(Finding.Standing.FAILED);
    assertThat(clockAt(Duration.ofMinutes(2)).standing()).isEqualTo(Finding.Standing.WARNING);
    assertThat(clockAt(Duration.ZERO).standing()).isEqualTo(Finding.Standing.OK);
  }

  private Finding clockAt(Duration apart) throws Exception {
    try (HttpClient client = HttpClients.make(SSLContext.getDefault(), Route.DIRECT)) {
      ServerAddress address =
          new ServerAddress(server.url(), null, Optional.empty(), Route.DIRECT, Optional.empty());
      return new ServerCheck(address, client, Instant.now().plus(apart))
          .run().stream()
              .filter(finding -> finding.what().equals("clock"))
              .findFirst()
              .orElseThrow();
    }
  }

  @Test
  void a_credential_that_the_server_does_not_know_is_told_of() throws Exception {
    server.always("heartbeat", Answer.problem(401, "unauthenticated"));

    assertThat(check()).isEqualTo(ExitCode.CREDENTIAL_REFUSED.number());

    assertThat(out.toString()).containsPattern("credential +failed +is not known");
  }

  @Test
  void a_server_that_is_away_and_an_agent_that_never_joined_are_told_of_together()
      throws Exception {
    environment.remove("AGENT_TOKEN");
    server.close();

    assertThat(check()).isEqualTo(ExitCode.NOT_ENROLLED.number());

    assertThat(out.toString())
        .containsPattern("identity +failed +not enrolled")
        .containsPattern("server +failed .* does not answer");
  }

  private int check(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "check";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return MusterAgent.execute(
        all,
        environment,
        new ByteArrayInputStream(new byte[0]),
        new PrintWriter(out, true),
        new PrintWriter(new StringWriter(), true));
  }
}

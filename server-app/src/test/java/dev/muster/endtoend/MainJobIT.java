package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What Muster exists for, with real programs: a scan, and a call that needs a secret. */
class MainJobIT {
  private static final Duration RUNNING = Duration.ofSeconds(90);
  private static final String SECRET = "s3cr3t/+\"and\" so\\on~?&42";
  private static final String MARKER = "stands-in-a-payload-4711";

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static final TestDatabase DATABASE = WORKSHOP.later(TestDatabase.open());
  private static HttpsTarget target;
  private static ServerProcess server;
  private static Customer acme;
  private static AgentProcess agent;

  @BeforeAll
  static void start_a_server_and_an_agent() throws Exception {
    target = WORKSHOP.later(HttpsTarget.start(WORKSHOP.privateFolder("target"), SECRET));
    server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(DATABASE.environment(), Map.of("MUSTER_LOG_LEVEL", "trace"))));
    Operator operator = Operator.of(server);
    acme = operator.customer("acme", "pro", "shared");
    Map<String, String> settings =
        Map.of(
            "MUSTER_BOOTSTRAP_TOKEN",
            operator.bootstrapToken(1),
            "MUSTER_LOG_LEVEL",
            "trace",
            "MUSTER_CA_FILE",
            target.authority().toString());
    WORKSHOP.write("scanner.yaml", configuration());
    AgentProcess.call(
        WORKSHOP,
        AgentProcess.environment(WORKSHOP, "scanner", server.url(), settings),
        List.of("vault", "set", "shop/token", "--for-host", target.url(), "--for-tenant", "acme"),
        SECRET);
    agent = WORKSHOP.later(AgentProcess.start(WORKSHOP, "scanner", server.url(), settings));
    agent.awaitOnline(operator);
  }

  private static String configuration() {
    return """
    capabilities: [nmap, http]
    tools: [nmap]
    region: eu-west-1
    connectors:
      exec:
        tools:
          nmap:
            command: [nmap, -n, -Pn, -sT, -oX, "-", [-p, "{ports}"], "{target}"]
            parameters:
              target: {pattern: "127\\\\.0\\\\.0\\\\.1"}
              ports: {pattern: "[0-9]{1,5}", list: true, join: ",", required: false}
            environment: {PATH: "%s"}
            result: {format: xml}
      http:
        hosts: ["%s", "https://127.0.0.2:8443"]
        methods: [GET, POST]
    """
        .formatted(System.getenv("PATH"), target.url());
  }

  @Test
  void a_scan_by_the_real_nmap_finds_the_port_that_is_open() throws Exception {
    Programs.find("nmap");
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String job =
          acme.submit(
              """
              {"type": "scan", "priority": "normal",
               "payload": {"tool": "nmap", "target": "127.0.0.1", "ports": ["%d"]},
               "capabilities": ["nmap"], "tools": [], "preferred_region": "eu-west-1",
               "when_no_agent": "queue", "max_attempts": 3, "run_timeout_seconds": 3600,
               "queue_timeout_seconds": 86400, "available_at": null}
              """
                  .formatted(listener.getLocalPort()));

      acme.awaitStatus(job, "completed", RUNNING);

      JsonNode result = acme.job(job).path("result");
      assertThat(result.path("exit_code").asInt(-1)).isZero();
      JsonNode port =
          result
              .path("findings")
              .path("nmaprun")
              .path("host")
              .path(0)
              .path("ports")
              .path(0)
              .path("port")
              .path(0);
      assertThat(port.path("portid").asString()).isEqualTo("" + listener.getLocalPort());
      assertThat(port.path("state").path(0).path("state").asString()).isEqualTo("open");
    }
  }

  @Test
  void the_secret_of_a_call_reaches_its_target_and_stands_nowhere_else() throws Exception {
    String job =
        acme.submit(
            """
            {"type": "call", "capabilities": ["http"], "payload": {"connector": "http",
             "request": {"method": "POST", "url": "%s/ping",
                         "headers": {"Authorization": "Bearer vault://local/shop/token"},
                         "body": {"note": "%s", "token": "vault://local/shop/token"}},
             "expect": {"status": 200, "body_contains": "pong"}}}
            """
                .formatted(target.url(), MARKER));

    acme.awaitStatus(job, "completed", RUNNING);

    String answers = answersAbout(job);
    String rows = String.join("\n", DATABASE.everything());
    assertThat(answers).contains(MARKER).contains("[redacted]");
    assertThat(rows).as("a search that can find").contains(MARKER);
    assertNowhere("the answers", answers);
    assertNowhere("the rows", rows);
    assertNowhere("the server's log", server.program().log());
    assertNowhere("the agent's log", agent.log());
    boolean searched = false;
    for (Path file : Folders.files(TestPostgres.sharedFolder())) {
      String content = contentOf(file);
      searched |= content.contains(MARKER);
      assertNowhere(file.toString(), content);
    }
    assertThat(searched).as("a search that can find in files").isTrue();
  }

  @Test
  void a_secret_that_is_bound_to_one_target_goes_to_no_other() throws Exception {
    String job =
        acme.submit(
            """
            {"type": "call", "capabilities": ["http"], "max_attempts": 1,
             "payload": {"connector": "http",
             "request": {"method": "GET", "url": "https://127.0.0.2:8443/",
                         "headers": {"Authorization": "Bearer vault://local/shop/token"}}}}
            """);

    acme.awaitStatus(job, "failed", RUNNING);

    assertThat(acme.job(job).path("error").path("class").asString())
        .isEqualTo("secret_not_allowed_for_target");
  }

  private static String answersAbout(String job) throws Exception {
    return acme.job(job)
        + acme.api().get("/api/v1/platform-jobs/" + job + "/logs").text()
        + acme.attempts(job)
        + acme.audit(job)
        + acme.api().get("/api/v1/platform-jobs").text();
  }

  private static void assertNowhere(String where, String text) {
    Optional<String> found = SecretForms.of(SECRET).in(text);
    assertThat(found).as("in " + where).isEmpty();
  }

  private static String contentOf(Path file) throws Exception {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (java.nio.file.NoSuchFileException removedMeanwhile) {
      return "";
    }
  }
}

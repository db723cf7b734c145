package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What README tells people to type works as it stands there, with plain curl. */
class CurlIT {
  private static final Duration RUNNING = Duration.ofSeconds(60);
  private static final Path README = Path.of("..", "README.md");

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static ServerProcess server;

  private String userId = "USER_ID";
  private String jobId = "JOB_ID";
  private String userToken = "mst_user_…";
  private String bootstrapToken = "";
  private String registrationToken = "";
  private String agentKey = "";
  private String tenantId = "";

  @BeforeAll
  static void start_a_server() throws Exception {
    server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(WORKSHOP.later(TestDatabase.open()).environment())));
  }

  @Test
  void the_calls_of_the_readme_lead_from_nothing_to_a_finished_scan() throws Exception {
    Programs.find("curl");
    Programs.find("nmap");
    List<String> calls = calls();
    assertThat(calls).hasSizeGreaterThanOrEqualTo(15);
    for (String call : calls) {
      learnFrom(run(call));
    }

    startTheAgent();
    Customer acme = new Customer("", new ApiClient(server.url(), userToken));
    assertThat(acme.status(jobId)).isEqualTo("cancelled");
    String submit =
        calls.stream()
            .filter(call -> call.contains("\"tool\": \"nmap\""))
            .findFirst()
            .orElseThrow();
    learnFrom(run(submit));
    acme.awaitStatus(jobId, "completed", RUNNING);
    assertThat(acme.job(jobId).path("result").path("findings").path("nmaprun").isObject()).isTrue();
  }

  /** The commands, each on one line. */
  private static List<String> calls() throws IOException {
    return Files.readString(README)
        .replace("\\\n", " ")
        .lines()
        .filter(line -> line.startsWith("curl "))
        .map(line -> line.replaceFirst("\\s+# .*$", ""))
        .toList();
  }

  private JsonNode run(String call) throws Exception {
    String script =
        """
        U=%s/api/v1
        J='Content-Type: application/json'
        A='Authorization: Bearer %s'
        T='Authorization: Bearer %s'
        %s --fail-with-body
        """
            .formatted(server.url(), ServerProcess.ADMIN_TOKEN, userToken, filled(call));
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(call + "\n" + said).isZero();
    return ApiClient.JSON.readTree(said);
  }

  /** What a reader has learned stands for itself. */
  private String filled(String call) {
    return call.replace("USER_ID", userId)
        .replace("JOB_ID", jobId)
        .replace("TENANT_ID", tenantId)
        .replace("BOOTSTRAP_TOKEN", bootstrapToken)
        .replace("REGISTRATION_TOKEN", registrationToken)
        .replace("AGENT_KEY", agentKey);
  }

  /** What a reader takes from an answer to fill into the next call. */
  private void learnFrom(JsonNode answer) {
    String secret = answer.path("raw_token").asString("");
    if (secret.startsWith("mst_user_")) {
      userToken = secret;
    } else if (secret.startsWith("mst_reg_")) {
      registrationToken = secret;
    } else if (!secret.isEmpty()) {
      bootstrapToken = secret;
    } else if (answer.has("slug")) {
      tenantId = answer.path("id").asString();
    } else if (answer.has("api_key")) {
      agentKey = answer.path("api_key").asString();
    } else if (answer.has("role")) {
      userId = answer.path("id").asString();
    } else if (answer.has("auth_token")) {
      jobId = answer.path("job").path("id").asString();
    }
  }

  /** With the configuration that README shows, at this server. */
  private void startTheAgent() throws Exception {
    String readme = Files.readString(README);
    int begin =
        readme.indexOf("cat > agent.yaml <<'EOF'\n") + "cat > agent.yaml <<'EOF'\n".length();
    List<String> lines = new ArrayList<>();
    for (String line : readme.substring(begin, readme.indexOf("\nEOF\n", begin)).split("\n")) {
      if (!line.startsWith("server:") && !line.startsWith("state:")) {
        lines.add(line);
      }
    }
    WORKSHOP.write("reader.yaml", String.join("\n", lines));
    AgentProcess agent =
        WORKSHOP.later(
            AgentProcess.start(
                WORKSHOP,
                "reader",
                server.url(),
                Map.of("MUSTER_BOOTSTRAP_TOKEN", bootstrapToken)));
    agent.awaitOnline(Operator.of(server));
  }
}

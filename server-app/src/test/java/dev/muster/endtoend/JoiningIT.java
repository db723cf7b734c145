package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.SharedRegistration.Version1;
import dev.muster.domain.fleet.AgentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Agents that come by name: the real agent against two servers on one database. */
class JoiningIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static Cluster cluster;
  private static Operator operator;
  private static String platformKey;

  @BeforeAll
  static void start_two_servers_and_a_pool() throws Exception {
    cluster =
        WORKSHOP.later(
            Cluster.start(
                WORKSHOP,
                2,
                WORKSHOP.later(TestDatabase.open()),
                Map.of("MUSTER_LOG_LEVEL", "trace")));
    operator = Operator.of(cluster.server(0));
    platformKey =
        operator
            .api()
            .post("/api/v1/admin/shared-agent-pool", "{}")
            .expect(201)
            .path("platform_key")
            .asString();
  }

  @Test
  void an_agent_with_an_agent_token_is_its_tenants_and_is_out_when_the_token_is_revoked()
      throws Exception {
    Customer acme = operator.customer("acme", "pro", "dedicated");
    JsonNode token = acme.api().post("/api/v1/agent-tokens", "{\"name\":\"fleet\"}").expect(201);
    WORKSHOP.write("dedicated.yaml", "capabilities: [nuclei]\n");

    try (AgentProcess agent =
        AgentProcess.start(
            WORKSHOP,
            "dedicated",
            cluster.server(1).url(),
            Map.of("AGENT_TOKEN", token.path("token").asString()))) {
      JsonNode known = awaitAgent(acme.api(), "/api/v1/agents", "dedicated");
      assertThat(known.path("tenant_id").asString()).isEqualTo(acme.id());
      assertThat(known.path("capabilities").toString()).isEqualTo("[\"nuclei\"]");
      // The server knows it before the answer is with the agent, which then writes the key down.
      Path updateKey = WORKSHOP.file("dedicated").resolve("update-key");
      Await.until(PATIENCE, "its update key", () -> Files.exists(updateKey));

      acme.api()
          .post("/api/v1/agent-tokens/" + token.path("id").asString() + "/revoke", "{}")
          .expect(200);

      assertThat(agent.program().exitCode()).as(agent.log()).isEqualTo(8);
      assertThat(agent.log()).doesNotContain(token.path("token").asString());
    }
  }

  @Test
  void a_shared_agent_comes_back_with_the_new_key_after_a_rotation() throws Exception {
    Path keyFile = privateFile("platform-key", platformKey);
    WORKSHOP.write("pod.yaml", "capabilities: [nuclei]\n");

    try (AgentProcess agent =
        AgentProcess.start(
            WORKSHOP,
            "pod",
            cluster.server(0).url(),
            Map.of("SHARED_AGENT_PLATFORM_KEY_FILE", keyFile.toString()))) {
      String id = agent.awaitOnline(operator);
      String registered = lastRegistration(id);
      JsonNode rotated =
          operator
              .api()
              .at(cluster.server(1))
              .post("/api/v1/admin/shared-agent-pool/rotate-key", "{\"grace_hours\": 1}")
              .expect(201);
      privateFile("platform-key", rotated.path("platform_key").asString());

      // The key that the agent came with is on its way out already, so the next rotation ends it.
      JsonNode again =
          operator
              .api()
              .post("/api/v1/admin/shared-agent-pool/rotate-key", "{\"grace_hours\": 1}")
              .expect(201);

      Await.until(PATIENCE, "a fresh token", () -> !lastRegistration(id).equals(registered));
      platformKey = again.path("platform_key").asString();
      assertThat(agent.program().isAlive()).as(agent.log()).isTrue();
    }
  }

  private static String lastRegistration(String agent) throws Exception {
    return operator
        .api()
        .all("/api/v1/admin/audit-events?resource_id=" + agent + "&action=agent.registered")
        .getFirst()
        .path("at")
        .asString();
  }

  @Test
  void of_200_replays_of_one_signed_registration_at_two_replicas_one_is_heard() throws Exception {
    AgentName name = new AgentName("replayed");
    long now = Instant.now().getEpochSecond();
    PlatformKey key = PlatformKey.parse(Secret.of(platformKey)).orElseThrow();
    String body =
        "{\"name\": \"%s\", \"timestamp\": %d, \"signature\": \"%s\"}"
            .formatted(name, now, key.sign(Version1.text(name, now)).reveal());

    List<CompletableFuture<ApiClient.Answer>> all =
        IntStream.range(0, 200)
            .mapToObj(i ->
                new ApiClient(cluster.server(i).url(), "")
                    .postLater("/api/agent/v1/register", body))
            .toList();
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<ApiClient.Answer> each : all) {
      statuses.add(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).status());
    }

    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(5);
    assertThat(statuses).containsOnly(201, 401, 429);
  }

  private static JsonNode awaitAgent(ApiClient api, String path, String name) throws Exception {
    JsonNode[] found = new JsonNode[1];
    Await.until(
        PATIENCE,
        name + " to be known",
        () -> {
          for (JsonNode agent : api.all(path)) {
            if (agent.path("name").asString().equals(name)
                && !agent.path("capabilities").isEmpty()) {
              found[0] = agent;
            }
          }
          return found[0] != null;
        });
    return found[0];
  }

  private static Path privateFile(String name, String content) throws IOException {
    return Files.writeString(WORKSHOP.file(name), content + "\n");
  }
}

package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.http.Wire;
import dev.muster.ports.in.update.AgentUpdates.Result;
import dev.muster.ports.in.update.ReleaseAdministration.NewRelease;
import dev.muster.ports.in.update.ReleaseAdministration.Reach;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases and updates over HTTP. */
class UpdatesTest {
  private static final String RELEASES = "/api/v1/admin/releases";
  private static final String UPDATE = "/api/v1/platform-agent/update";
  private static final String HASH = "ab".repeat(32);

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_release_is_made_known_with_what_is_signed_of_it() {
    var reply =
        operator(
            "POST",
            RELEASES,
            "{\"sequence\": 7, \"floor\": 5, \"version\": \"1.2.3\", \"length\": 10, \"sha256\": \"%s\"}"
                .formatted(HASH));

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Location")).hasValue(RELEASES + "/7");
    assertThat(api.calls.last())
        .isEqualTo(List.of(new NewRelease(new Release(7, 5, "1.2.3", 25, 10, HASH), null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"sequence\": 0, \"version\": \"1\", \"length\": 10, \"sha256\": \"H\"}",
        "{\"sequence\": 7, \"floor\": 8, \"version\": \"1\", \"length\": 10, \"sha256\": \"H\"}",
        "{\"sequence\": 7, \"version\": \"1 2\", \"length\": 10, \"sha256\": \"H\"}",
        "{\"sequence\": 7, \"version\": \"1\", \"length\": 268435457, \"sha256\": \"H\"}",
        "{\"sequence\": 7, \"version\": \"1\", \"length\": 10, \"sha256\": \"h\"}",
        "{\"sequence\": 7, \"version\": \"1\", \"length\": 10, \"sha256\": \"H\","
            + " \"publisher_signature\": \"H\"}"
      })
  void what_is_no_release_is_refused(String body) {
    assertThat(operator("POST", RELEASES, body.replace("H", HASH)).status()).isEqualTo(422);
    assertThat(api.calls.count()).isZero();
  }

  @Test
  void an_artifact_is_passed_on_as_bytes() {
    var reply = put(RELEASES + "/7/artifact", new byte[3_000_000], "application/octet-stream");

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of(7L, 3_000_000));
    assertThat(put(RELEASES + "/7/artifact", new byte[3], "application/json").status())
        .isEqualTo(415);
    assertThat(put(RELEASES + "/nought/artifact", new byte[3], "application/octet-stream").status())
        .isEqualTo(404);
  }

  private Wire.Reply put(String path, byte[] body, String type) {
    return api.put(path, AccessFake.OPERATOR, body, type);
  }

  @Test
  void a_rollout_says_whom_it_reaches() {
    var reply =
        operator(
            "POST",
            RELEASES + "/7/rollout",
            "{\"percentage\": 10, \"regions\": [\"eu\"], \"agents\": [\"%s\"]}"
                .formatted(Samples.ID));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(api.calls.last())
        .isEqualTo(List.of(7L, new Reach(10, Set.of("eu"), Set.of(new AgentId(Samples.ID)))));
    assertThat(operator("POST", RELEASES + "/7/rollout", "{\"percentage\": 101}").status())
        .isEqualTo(422);
    assertThat(operator("POST", RELEASES + "/7/pause", null).status()).isEqualTo(200);
    assertThat(operator("POST", RELEASES + "/7/halt", null).status()).isEqualTo(200);
    assertThat(operator("GET", RELEASES + "/7", null).status()).isEqualTo(200);
    assertThat(operator("GET", RELEASES, null).status()).isEqualTo(200);
  }

  @Test
  void an_agent_gets_its_offer_the_artifact_and_says_what_became_of_it() {
    var offer = agent("GET", UPDATE, null);
    assertThat(offer.status()).isEqualTo(200);
    assertThat(offer.json().path("offer").path("artifact").asString())
        .isEqualTo(UPDATE + "/7/artifact");

    var artifact = agent("GET", UPDATE + "/7/artifact", null);
    assertThat(artifact.body()).isEqualTo(UpdateFakes.ARTIFACT);
    assertThat(artifact.header("Content-Length")).hasValue("" + UpdateFakes.ARTIFACT.length);

    var result =
        agent(
            "POST",
            UPDATE + "/result",
            "{\"sequence\": 7, \"outcome\": \"reverted\", \"cause\": \"crashed\", \"version\": \"1\"}");
    assertThat(result.status()).isEqualTo(200);
    assertThat(api.calls.last())
        .isEqualTo(List.of(new Result(7, UpdateOutcome.REVERTED, "crashed")));
  }

  private Wire.Reply operator(String method, String path, String body) {
    return api.send(method, path, AccessFake.OPERATOR, body);
  }

  private Wire.Reply agent(String method, String path, String body) {
    return api.send(method, path, AccessFake.AGENT, body);
  }
}

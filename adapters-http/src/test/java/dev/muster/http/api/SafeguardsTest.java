package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.Wire.Reply;
import dev.muster.ports.in.fleet.AgentSafeguards.Rotation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of agents, over HTTP. */
class SafeguardsTest {
  private static final String AGENT = "/api/v1/agents/" + Samples.ID;
  private static final AgentId ID = new AgentId(Samples.ID);
  private static final String FINGERPRINT = "ab".repeat(32);

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
  void what_is_asked_of_an_agent_is_answered() {
    var reply = api.call("GET", AGENT + "/safeguards", AccessFake.USER);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("require_signature").asBoolean()).isTrue();
    assertThat(reply.json().path("requests_per_minute").isNull()).isTrue();
    assertThat(reply.json().at("/certificate_fingerprints/0").asString()).isEqualTo(FINGERPRINT);
  }

  @Test
  void a_limit_is_set_and_taken_away() {
    put("/limits", "{\"requests_per_minute\": 60}");
    assertThat(api.calls.last()).isEqualTo(List.of(Samples.TENANT_ID, ID, Optional.of(60)));

    put("/limits", "{\"requests_per_minute\": null}");
    assertThat(api.calls.last()).isEqualTo(List.of(Samples.TENANT_ID, ID, Optional.empty()));
  }

  @Test
  void certificates_are_registered() {
    put("/certificate-fingerprints", "{\"certificate_fingerprints\": [\"" + FINGERPRINT + "\"]}");

    assertThat(api.calls.last()).isEqualTo(List.of(Samples.TENANT_ID, ID, List.of(FINGERPRINT)));
  }

  @Test
  void operators_mean_the_platforms_agents_unless_they_name_a_tenant() {
    api.send("PUT", AGENT + "/limits", AccessFake.OPERATOR, "{}");
    assertThat(api.calls.last().get(0)).isEqualTo(TenantId.SYSTEM);

    api.send("PUT", AGENT + "/limits?tenant_id=" + Samples.TENANT_ID, AccessFake.OPERATOR, "{}");
    assertThat(api.calls.last().get(0)).isEqualTo(Samples.TENANT_ID);
  }

  @Test
  void a_signing_secret_is_shown_once() {
    var first = rotate("{\"grace_hours\": 2, \"require_signature\": true}");
    var again = rotate("{\"grace_hours\": 2, \"require_signature\": true}");

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().path("signing_secret").asString()).isEqualTo("shown-once");
    assertThat(again.json().path("signing_secret").isNull()).isTrue();
    assertThat(api.calls.last())
        .isEqualTo(List.of(Samples.TENANT_ID, ID, new Rotation(Duration.ofHours(2), true)));
  }

  @Test
  void a_rotation_that_says_nothing_gives_an_hour_of_grace() {
    api.call("POST", AGENT + "/signing-secret/rotate", AccessFake.USER);

    assertThat(api.calls.last())
        .isEqualTo(List.of(Samples.TENANT_ID, ID, new Rotation(Duration.ofHours(1), null)));
  }

  @Test
  void signing_secrets_are_taken_back() {
    assertThat(api.call("POST", AGENT + "/signing-secret/revoke", AccessFake.USER).status())
        .isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of("revoke", Samples.TENANT_ID, ID));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/limits | {\"requests_per_minute\": 0}",
        "/limits | {\"requests_per_minute\": 10000001}",
        "/certificate-fingerprints | {}",
        "/certificate-fingerprints | {\"certificate_fingerprints\": [\"AB\"]}",
        "/certificate-fingerprints | {\"certificate_fingerprints\": [\"\", \"\", \"\"]}"
      })
  void what_cannot_be_meant_is_422(String path, String body) {
    assertThat(api.send("PUT", AGENT + path, AccessFake.USER, body).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"grace_hours\": 25}", "{\"grace_hours\": -1}", "{\"secret\": \"x\"}"})
  void a_rotation_that_cannot_be_meant_is_422(String body) {
    assertThat(api.send("POST", AGENT + "/signing-secret/rotate", AccessFake.USER, body).status())
        .isEqualTo(422);
  }

  private Reply rotate(String body) {
    return api.send(
        "POST",
        AGENT + "/signing-secret/rotate",
        AccessFake.USER,
        body,
        "Idempotency-Key: one-of-my-own");
  }

  private void put(String path, String body) {
    assertThat(api.send("PUT", AGENT + path, AccessFake.USER, body).status()).isEqualTo(200);
  }
}

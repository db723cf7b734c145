package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.enrolment.SharedRegistration.Version1;
import dev.muster.domain.enrolment.SharedRegistration.Version2;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentName;
import dev.muster.http.Wire.Reply;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.Hints;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agent tokens, shared agents and their pool, and what agents say of themselves. */
class JoiningTest {
  private static final String SHARED = "/api/agent/v1/register";
  private static final String CODE = "ab".repeat(32);
  private static final String NONCE = "abcdefghijklmnopqrstuv";
  private static final String INSTANCE = "X-Agent-Instance: 01900000-0000-7000-8000-0000000000aa";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void an_agent_token_is_shown_once_within_its_record() {
    var path = "/api/v1/agent-tokens";
    var body = "{\"name\":\"fleet\"}";
    var first = api.send("POST", path, AccessFake.USER, body, "Idempotency-Key: k");
    var again = api.send("POST", path, AccessFake.USER, body, "Idempotency-Key: k");

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().path("token").asString()).isEqualTo("shown-once");
    assertThat(first.json().path("name").asString()).isEqualTo("fleet");
    assertThat(again.text()).doesNotContain("shown-once");
    assertThat(api.call("GET", path, AccessFake.USER).status()).isEqualTo(200);
    assertThat(api.call("POST", path + "/" + Samples.ID + "/revoke", AccessFake.USER).status())
        .isEqualTo(200);
    assertThat(api.calls.last().getFirst()).isEqualTo(new AgentTokenId(Samples.ID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/admin/shared-agent-pool", "/api/shared-agent-pool"})
  void the_pool_is_made_with_its_key_which_is_shown_once(String path) {
    var body = "{\"min_replicas\":1,\"max_replicas\":5,\"cpu_target_pct\":70}";
    var first = api.send("POST", path, AccessFake.OPERATOR, body, "Idempotency-Key: k");
    var again = api.send("POST", path, AccessFake.OPERATOR, body, "Idempotency-Key: k");

    assertThat(first.json().path("platform_key").asString()).isEqualTo("shown-once");
    assertThat(first.json().at("/pool/keys/0/key_id").asString()).isEqualTo("0123abcd");
    assertThat(api.calls.last().getFirst()).isEqualTo(new Hints(1, 5, 70));
    assertThat(again.text()).doesNotContain("shown-once");
    assertThat(api.call("POST", path, AccessFake.USER).status()).isEqualTo(403);
  }

  @Test
  void the_platform_key_is_rotated_with_grace() {
    var path = "/api/v1/admin/shared-agent-pool";

    assertThat(api.call("GET", path, AccessFake.OPERATOR).json().path("keys")).hasSize(1);
    api.call("POST", path + "/rotate-key", AccessFake.OPERATOR);
    assertThat(api.calls.last().getFirst()).isEqualTo(Duration.ofHours(1));
    api.send("POST", path + "/rotate-key", AccessFake.OPERATOR, "{\"grace_hours\":0}");
    assertThat(api.calls.last().getFirst()).isEqualTo(Duration.ZERO);
    var tooLong =
        api.send("POST", path + "/rotate-key", AccessFake.OPERATOR, "{\"grace_hours\":25}");
    assertThat(tooLong.status()).isEqualTo(422);
    var upsideDown = "{\"min_replicas\":5,\"max_replicas\":1}";
    assertThat(api.send("POST", path, AccessFake.OPERATOR, upsideDown).status()).isEqualTo(422);
  }

  @Test
  void version_1_is_signed_in_its_body() {
    var body = "{\"name\":\"pod-1\",\"timestamp\":1800000000,\"signature\":\"%s\"}";
    var reply = api.send("POST", SHARED, "", body.formatted(CODE), INSTANCE);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("token").asString()).isEqualTo("the-token");
    assertThat(reply.json().path("update_key").isNull()).isTrue();
    assertThat(api.calls.last().get(0))
        .isEqualTo(new Version1(new AgentName("pod-1"), 1_800_000_000, Secret.of(CODE)));
    assertThat(api.calls.last().get(1)).isEqualTo(Optional.of(Samples.ID));
  }

  @Test
  void version_2_is_signed_in_its_headers_over_the_bytes_of_its_body() {
    var body = "{ \"capabilities\": [\"nuclei\"], \"max_concurrent\": 3 }";
    var reply = signed(body, "X-Agent-Name: pod-1", "X-Signature: " + CODE);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("update_key").asString()).isEqualTo("the-update-key");
    var signed = (Version2) api.calls.last().get(0);
    assertThat(signed.keyId()).isEqualTo("0123abcd");
    assertThat(signed.host()).isEqualTo("localhost");
    assertThat(signed.timestamp()).isEqualTo(1_800_000_000);
    assertThat(signed.nonceText()).isEqualTo(NONCE);
    assertThat(signed.bodyHash())
        .isEqualTo(PlatformKey.sha256(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(api.calls.last().get(2))
        .isEqualTo(
            Optional.of(
                new Declaration(Abilities.of(Set.of("nuclei"), Set.of(), null), 3, null, null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Agent-Name: a b|X-Signature: %1$s",
        "X-Agent-Name: pod-1|X-Signature: short",
        "X-Agent-Name: pod-1|X-Signature: %1$s|X-Signature: %1$s",
        "X-Agent-Name: pod-1|X-Signature-Timestamp: 1|X-Signature: %1$s",
        "X-Signature: %1$s",
      })
  void what_cannot_be_signed_is_as_good_as_wrongly_signed(String headers) {
    api.calls.refuse(Refusal.Code.UNAUTHENTICATED);

    var reply = signed("not even json", headers.formatted(CODE).split("\\|"));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(((Version1) api.calls.last().get(0)).signature().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Agent-Instance: no-uuid", INSTANCE + "|" + INSTANCE})
  void an_installation_that_does_not_say_properly_which_it_is_is_not_heard(String headers) {
    api.calls.refuse(Refusal.Code.UNAUTHENTICATED);
    var body = "{\"name\":\"pod-1\",\"timestamp\":1800000000,\"signature\":\"%s\"}";

    var reply = api.send("POST", SHARED, "", body.formatted(CODE), headers.split("\\|"));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(((Version1) api.calls.last().get(0)).signature().isEmpty()).isTrue();
  }

  @Test
  void an_agent_says_what_it_can_do_in_a_claim_or_a_heartbeat_and_gets_its_update_key() {
    var agent = "\"agent\":{\"capabilities\":[\"nuclei\"],\"version\":\"1.0\"}";
    for (var path : new String[] {"/api/v1/agent/jobs/claim", "/api/v1/agent/heartbeat"}) {
      var reply = api.send("POST", path, AccessFake.AGENT, "{" + agent + "}");
      assertThat(reply.json().path("update_key").asString()).isEqualTo("the-update-key");
      assertThat(api.send("POST", path, AccessFake.AGENT, "{}").json().has("update_key")).isFalse();
    }
  }

  @Test
  void an_agent_says_nothing_under_the_name_of_another() {
    var body = "{\"agent\":{\"hostname\":\"somebody-else\"}}";

    var reply = api.send("POST", "/api/v1/agent/heartbeat", AccessFake.AGENT, body);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("not_the_caller");
    assertThat(api.calls.count()).isZero();
  }

  private Reply signed(String body, String... more) {
    var headers = new ArrayList<>(List.of(more));
    headers.add("X-Signature-Key-Id: 0123abcd");
    headers.add("X-Signature-Timestamp: 1800000000");
    headers.add("X-Signature-Nonce: " + NONCE);
    headers.add(INSTANCE);
    return api.send("POST", SHARED, "", body, headers.toArray(String[]::new));
  }
}

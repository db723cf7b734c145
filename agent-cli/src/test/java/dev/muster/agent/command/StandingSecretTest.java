package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Seen;
import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.SharedRegistration.Version2;
import dev.muster.domain.fleet.AgentName;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** An agent token or the platform key: with these an agent presents itself, and keeps no other. */
class StandingSecretTest extends CommandFixture {
  private static final String TOKEN = "agent_" + "0123456789abcdef".repeat(4);
  private static final String KEY = "000102030405060708090a0b0c0d0e0f".repeat(2);
  private static final String HEARD =
      """
      {"status": "ok", "cancel": [], "lost": [], "next_heartbeat_seconds": 20,
       "update_key": "00ff"}\
      """;
  private static final String REGISTERED =
      """
      {"agent_id": "018f0000-0000-7000-8000-0000000000aa", "token": "mst_shared_TOKEN",
       "expires_at": "2100-01-01T00:00:00Z", "update_key": "00ff"}\
      """;

  @BeforeEach
  void able() {
    environment.put("MUSTER_CAPABILITIES", "nmap");
  }

  @Test
  void an_agent_token_needs_no_registration_and_says_what_the_agent_can_do() throws Exception {
    environment.put("AGENT_TOKEN", TOKEN);
    server.next("heartbeat", json(HEARD));

    assertThat(execute("register")).as(err.toString()).isZero();

    Seen call = server.seen("heartbeat").getFirst();
    assertThat(call.headers().getFirst("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(call.headers().getFirst("X-Agent-Name")).isEqualTo("a1");
    assertThat(call.headers().getFirst("X-Agent-Instance"))
        .isEqualTo(Files.readString(state.resolve("agent-id")).strip());
    assertThat(call.body().has("active_jobs")).as("so that no lease is touched").isFalse();
    assertThat(call.body().at("/agent/capabilities").toString()).isEqualTo("[\"nmap\"]");
    assertThat(server.seen("register")).isEmpty();
    assertThat(state.resolve("update-key")).hasContent("00ff");
    assertThat(Files.getPosixFilePermissions(state.resolve("update-key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(state.resolve("identity.json")).doesNotExist();
    assertThat(state.resolve("registration-id")).doesNotExist();
    assertThat(out + err.toString()).doesNotContain(TOKEN).doesNotContain("00ff");
  }

  @Test
  void a_lost_introduction_is_repeated_under_the_same_registration_id() {
    environment.put("AGENT_TOKEN", TOKEN);
    server.next("heartbeat", new Answer.HangUp(true));
    server.next("heartbeat", json(HEARD));

    assertThat(execute("register")).isZero();

    List<String> ids =
        server.seen("heartbeat").stream()
            .map(call -> call.body().at("/agent/registration_id").asString())
            .toList();
    assertThat(ids).hasSize(2).allMatch(ids.getFirst()::equals);
  }

  @Test
  void an_agent_token_that_is_not_known_ends_with_its_own_code() {
    environment.put("AGENT_TOKEN", TOKEN);
    server.always("heartbeat", Answer.problem(401, "unauthenticated"));

    assertThat(execute("run")).isEqualTo(ExitCode.CREDENTIAL_REFUSED.number());
  }

  @Test
  void typing_errors_are_found_before_anybody_is_called() {
    environment.put("AGENT_TOKEN", TOKEN.substring(1));
    assertThat(execute("run")).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(err.toString()).contains("AGENT_TOKEN").doesNotContain(TOKEN.substring(1));

    environment.put("SHARED_AGENT_PLATFORM_KEY", KEY);
    assertThat(execute("run")).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(err.toString()).contains("more than one of");
    assertThat(server.seen("register")).isEmpty();
  }

  @Test
  void a_shared_agent_signs_its_registration_as_the_server_checks_it() {
    environment.put("SHARED_AGENT_PLATFORM_KEY", KEY);
    server.registration(REGISTERED);

    assertThat(execute("register")).as(err.toString()).isZero();

    Seen call = server.seen("register").getFirst();
    assertThat(call.path()).isEqualTo("/api/agent/v1/register");
    PlatformKey key = PlatformKey.parse(Secret.of(KEY)).orElseThrow();
    Version2 signed =
        new Version2(
            header(call, "X-Signature-Key-Id"),
            header(call, "Host"),
            new AgentName(header(call, "X-Agent-Name")),
            Long.parseLong(header(call, "X-Signature-Timestamp")),
            header(call, "X-Signature-Nonce"),
            PlatformKey.sha256(JsonMapper.shared().writeValueAsBytes(call.body())),
            Secret.of(header(call, "X-Signature")));
    assertThat(signed.isSignedBy(key)).isTrue();
    assertThat(signed.nonceText()).matches(Version2.NONCE);
    assertThat(call.headers().containsKey("Authorization")).isFalse();
    assertThat(call.headers().entrySet().toString() + call.body()).doesNotContain(KEY);
    assertThat(state.resolve("update-key")).hasContent("00ff");
    assertThat(out.toString()).contains("018f0000-0000-7000-8000-0000000000aa");
    assertThat(out + err.toString()).doesNotContain("mst_shared_").doesNotContain(KEY);
  }

  @Test
  void a_shared_agent_whose_token_is_refused_goes_back_to_registration() {
    environment.put("SHARED_AGENT_PLATFORM_KEY", KEY);
    server.next("register", json(REGISTERED));
    server.always("register", Answer.problem(401, "unauthenticated"));
    server.always("heartbeat", Answer.problem(401, "unauthenticated"));
    server.always("claim", Answer.problem(401, "unauthenticated"));

    assertThat(execute("run")).isEqualTo(ExitCode.CREDENTIAL_REFUSED.number());
    assertThat(server.seen("register")).hasSizeGreaterThan(1);
  }

  @Test
  void a_name_that_somebody_else_lives_under_is_asked_for_again() {
    environment.put("SHARED_AGENT_PLATFORM_KEY", KEY);
    server.registration(REGISTERED);
    server.next("register", Answer.problem(409, "agent_name_in_use"));

    assertThat(execute("register")).isZero();
    assertThat(server.seen("register")).hasSize(2);
  }

  private static String header(Seen call, String name) {
    return String.valueOf(call.headers().getFirst(name));
  }

  private static Answer json(String body) {
    return new Answer.Sent(200, "application/json", body, Map.of());
  }
}

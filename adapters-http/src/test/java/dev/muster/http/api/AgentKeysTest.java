package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.Permission;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.fleet.AgentCredentials.Rotation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The keys and the grants of agents, over HTTP. */
class AgentKeysTest {
  private static final AgentId AGENT = new AgentId(Samples.ID);
  private static final String ONE = "/api/v1/agents/" + Samples.ID;
  private static final String PLATFORM = "/api/v1/admin/platform-agents/" + Samples.ID;

  @AutoClose private final Api api = new Api();

  @Test
  void a_new_key_is_shown_once() {
    var key = "Idempotency-Key: k";

    var first = api.send("POST", ONE + "/rotate-key", AccessFake.USER, "{}", key);
    var again = api.send("POST", ONE + "/rotate-key", AccessFake.USER, "{}", key);

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().path("api_key").asString()).isEqualTo("shown-once");
    assertThat(first.json().at("/key/prefix").asString()).isEqualTo("mst_agent_ab");
    assertThat(first.header("Location")).contains(ONE + "/keys");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().path("api_key").isNull()).isTrue();
    assertThat(api.calls.last())
        .isEqualTo(List.of(Samples.TENANT_ID, AGENT, new Rotation(1, null)));
  }

  @Test
  void the_grace_is_up_to_a_day_and_the_platforms_agents_are_the_system_tenants() {
    var body = "{\"grace_hours\":24,\"expires_in_hours\":48}";

    assertThat(api.send("POST", PLATFORM + "/rotate-key", AccessFake.OPERATOR, body).status())
        .isEqualTo(201);
    assertThat(api.calls.last()).isEqualTo(List.of(TenantId.SYSTEM, AGENT, new Rotation(24, 48)));
    for (var bad : List.of("{\"grace_hours\":25}", "{\"grace_hours\":-1}", "{\"grace\":1}")) {
      assertThat(api.send("POST", ONE + "/rotate-key", AccessFake.USER, bad).status())
          .isEqualTo(422);
    }
  }

  @Test
  void keys_are_taken_back_and_listed_where_the_operator_says() {
    var other = "?tenant_id=" + Samples.ID;

    var revoked = api.send("POST", ONE + "/revoke-key" + other, AccessFake.OPERATOR, null);
    assertThat(revoked.json().path("revoked_keys").asInt()).isEqualTo(2);
    assertThat(api.calls.last()).isEqualTo(List.of(new TenantId(Samples.ID), AGENT));

    var listed = api.call("GET", PLATFORM + "/keys", AccessFake.OPERATOR);
    assertThat(listed.json().at("/items/0/prefix").asString()).isEqualTo("mst_agent_ab");
    assertThat(listed.json().at("/items/0/last_used_at").isNull()).isFalse();
    assertThat(api.calls.last()).isEqualTo(List.of(TenantId.SYSTEM, AGENT));
  }

  @Test
  void an_agent_is_answered_with_what_it_may_and_who_said_so() {
    var granted =
        api.send(
            "PUT",
            ONE + "/grants",
            AccessFake.USER,
            "{\"permissions\":[\"data_read\"],\"note\":\"for reports\"}");

    assertThat(granted.status()).isEqualTo(200);
    var found = api.call("GET", ONE, AccessFake.USER).json();
    for (var agent : List.of(granted.json(), found)) {
      assertThat(agent.path("permissions").toString()).isEqualTo("[\"data_read\",\"data_write\"]");
      assertThat(agent.at("/grants/0/granted_by/name").asString()).isEqualTo("root");
      assertThat(agent.at("/grants/0/note").asString()).isEqualTo("for reports");
    }
    assertThat(
            api.send("PUT", ONE + "/grants", AccessFake.USER, "{\"permissions\":[\"root\"]}")
                .status())
        .isEqualTo(422);
  }

  @Test
  void what_is_granted_reaches_the_port_as_it_was_said() {
    api.calls.refuse(Refusal.Code.FORBIDDEN);

    var refused =
        api.send(
            "PUT",
            ONE + "/grants",
            AccessFake.USER,
            "{\"permissions\":[\"data_read\",\"workflow_read\"],\"note\":\"why\"}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(
                Samples.TENANT_ID,
                AGENT,
                Set.of(Permission.DATA_READ, Permission.WORKFLOW_READ),
                "why"));
  }

  @Test
  void who_may_not_act_as_an_agent_is_told_that_this_permission_is_missing() {
    var refused =
        api.call(
            "POST", "/api/v1/agent/jobs/claim", AccessFake.USER, "X-Act-As-Agent: " + Samples.ID);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("action").asString()).isEqualTo("agent.act_as");
    assertThat(refused.json().path("permission").asString()).isEqualTo("agent_impersonate");
  }
}

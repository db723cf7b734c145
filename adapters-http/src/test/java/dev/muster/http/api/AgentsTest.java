package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.Wire.Reply;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration.NewEnrolmentToken;
import dev.muster.ports.in.fleet.AgentAdministration.AgentFilter;
import dev.muster.ports.in.fleet.WorkerQueries.WorkerFilter;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How agents join and are steered, over HTTP. */
class AgentsTest {
  private static final String ADMIN = "/api/v1/admin";
  private static final AgentId AGENT = new AgentId(Samples.ID);
  private static final TenantId OTHER = new TenantId(Samples.ID);

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
  void a_platform_agent_joins_with_a_bootstrap_token() {
    var reply =
        open(
            "/api/v1/platform-agents/register",
            """
            {"bootstrap_token": "abc123.0123456789abcdef", "name": "scanner-1",
             "capabilities": ["nuclei"], "tools": ["nmap"], "region": "eu-west-1",
             "max_concurrent": 2, "version": "0.1.0",
             "registration_id": "01900000-0000-7000-8000-0000000000aa"}
            """);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("api_key").asString()).isEqualTo("the-api-key");
    assertThat(reply.json().path("update_key").asString()).isEqualTo("the-update-key");
    assertThat(reply.json().at("/agent/id").asString()).isEqualTo(Samples.ID.toString());
    assertThat(api.calls.last().get(0)).isEqualTo(Secret.of("abc123.0123456789abcdef"));
    assertThat(api.calls.last().get(1))
        .isEqualTo(
            new Applicant(
                new AgentName("scanner-1"),
                Abilities.of(Set.of("nuclei"), Set.of("nmap"), "eu-west-1"),
                2,
                "0.1.0",
                Samples.ID));
  }

  @Test
  void a_tenants_agent_joins_with_a_registration_token() {
    var reply =
        open(
            "/api/v1/agents/register",
            "{\"registration_token\":\"mst_reg_x\",\"hostname\":\"h1\",\"version\":\"1\"}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("agent_secret").asString()).isEqualTo("the-api-key");
    assertThat(reply.json().path("tenant_id").asString()).isEqualTo(Samples.TENANT_ID.toString());
  }

  @Test
  void registration_without_a_token_is_gone_unless_it_was_switched_on() {
    api.calls.refuse(Refusal.Code.LEGACY_REGISTRATION_DISABLED);

    var reply = open("/api/v1/agents/register", "{\"hostname\":\"h1\",\"version\":\"1\"}");

    assertThat(reply.status()).isEqualTo(410);
    assertThat(reply.code()).isEqualTo("legacy_registration_disabled");
  }

  @Test
  void registration_without_a_token_says_that_it_is_deprecated() {
    var tenant = "\"tenant_id\":\"%s\"".formatted(Samples.TENANT_ID);
    var reply = open("/api/v1/agents/register", "{\"hostname\":\"h1\",%s}".formatted(tenant));

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Deprecation")).hasValue("@1767225600");
    assertThat(reply.json().path("token").asString()).isEqualTo("the-api-key");
    assertThat(reply.json().propertyNames()).containsExactly("agent_id", "token");
    assertThat(api.calls.last().getFirst()).isEqualTo(Optional.of(Samples.TENANT_ID));
  }

  @Test
  void a_tenant_beside_a_token_is_refused() {
    var body =
        "{\"hostname\":\"h1\",\"registration_token\":\"mst_reg_x\",\"tenant_id\":\"%s\"}"
            .formatted(Samples.TENANT_ID);

    assertThat(open("/api/v1/agents/register", body).status()).isEqualTo(422);
    assertThat(api.calls.count()).isZero();
  }

  @Test
  void a_local_agent_asks_to_replace_the_one_of_its_name() {
    var path = "/api/v1/agents/register-local";
    var key = "X-Local-Agent-Key: the-local-key";

    api.send("POST", path + "?rotate=true", "", "{\"hostname\":\"h1\"}", key);
    assertThat(api.calls.last().getLast()).isEqualTo(true);
    api.send("POST", path, "", "{\"hostname\":\"h1\"}", key);
    assertThat(api.calls.last().getLast()).isEqualTo(false);
  }

  @Test
  void a_local_agent_joins_with_the_local_key_and_is_known_after_that() {
    var path = "/api/v1/agents/register-local";
    var key = "X-Local-Agent-Key: the-local-key";

    assertThat(api.send("POST", path, "", "{\"hostname\":\"h1\"}", key).status()).isEqualTo(201);
    assertThat(api.calls.last().getFirst()).isEqualTo(Secret.of("the-local-key"));
    var known = api.send("POST", path, "", "{\"hostname\":\"known\"}", key);
    assertThat(known.status()).isEqualTo(200);
    assertThat(known.json().path("already_registered").asBoolean()).isTrue();
    assertThat(known.text()).doesNotContain("secret").doesNotContain("key");
    open(path, "{\"hostname\":\"h1\"}");
    assertThat(api.calls.last().getFirst()).isEqualTo("no key");
  }

  @ParameterizedTest
  @EnumSource(
      value = Refusal.Code.class,
      names = {
        "UNAUTHENTICATED", "TOKEN_REVOKED", "TOKEN_EXPIRED", "TOKEN_EXHAUSTED", "WRONG_REGION",
        "MISSING_CAPABILITY", "MISSING_TOOL", "AGENT_NAME_IN_USE", "TENANT_SUSPENDED", "NOT_READY",
        "NOT_FOUND", "RATE_LIMITED"
      })
  void a_refused_agent_is_told_why(Refusal.Code code) {
    api.calls.refuse(code);

    var reply =
        open(
            "/api/v1/platform-agents/register",
            "{\"bootstrap_token\":\"abc123.x\",\"name\":\"scanner-1\"}");

    assertThat(reply.code()).isEqualTo(code.wireName());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a\"}                                               | /bootstrap_token",
        "{\"bootstrap_token\":\"t\",\"name\":\"a b\"}                   | /name",
        "{\"bootstrap_token\":\"t\",\"name\":\"a\",\"max_concurrent\":0}    | /max_concurrent",
        "{\"bootstrap_token\":\"t\",\"name\":\"a\",\"max_concurrent\":1001} | /max_concurrent",
        "{\"bootstrap_token\":\"t\",\"name\":\"a\",\"registration_id\":\"1\"} | /registration_id",
        "{\"bootstrap_token\":\"t\",\"name\":\"a\",\"tenant_id\":\"1\"} | /tenant_id",
      })
  void a_bad_application_is_422_with_a_pointer(String body, String pointer) {
    var reply = open("/api/v1/platform-agents/register", body);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
  }

  @Test
  void an_operator_makes_an_agent_and_its_keys_are_shown_once() {
    var path = ADMIN + "/platform-agents";
    var body = "{\"name\":\"scanner-1\"}";
    var first = api.send("POST", path, AccessFake.OPERATOR, body, "Idempotency-Key: k");
    var again = api.send("POST", path, AccessFake.OPERATOR, body, "Idempotency-Key: k");

    assertThat(first.json().path("api_key").asString()).isEqualTo("the-api-key");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).doesNotContain("the-api-key").doesNotContain("the-update-key");
  }

  @Test
  void the_key_of_an_agent_that_an_operator_makes_ends_when_it_says() {
    var path = ADMIN + "/platform-agents";
    var body = "{\"name\":\"scanner-1\",\"expires_in_hours\":%d}";

    assertThat(api.send("POST", path, AccessFake.OPERATOR, body.formatted(48)).status())
        .isEqualTo(201);
    assertThat(api.calls.last().get(1)).isEqualTo(Duration.ofHours(48));
    assertThat(api.send("POST", path, AccessFake.OPERATOR, body.formatted(0)).status())
        .isEqualTo(422);
  }

  @Test
  void an_operator_repeats_by_an_idempotency_key_and_not_by_a_registration_id() {
    var body = "{\"name\":\"scanner-1\",\"registration_id\":\"%s\"}".formatted(Samples.ID);

    var reply = api.send("POST", ADMIN + "/platform-agents", AccessFake.OPERATOR, body);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo("/registration_id");
  }

  @Test
  void a_bootstrap_token_has_constraints_within_bounds() {
    var body =
        """
        {"description": "scanners", "expires_in_hours": 168, "max_uses": 100,
         "required_region": "eu-west-1", "required_capabilities": ["nuclei"],
         "required_tools": ["nmap"]}
        """;

    var reply = operator("POST", "/bootstrap-tokens", body);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("raw_token").asString()).isEqualTo("shown-once");
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(
                TenantId.SYSTEM,
                new NewEnrolmentToken(
                    "scanners",
                    168,
                    100,
                    new Constraints(
                        "eu-west-1",
                        new TreeSet<>(Set.of("nuclei")),
                        new TreeSet<>(Set.of("nmap"))))));
    for (var bad : List.of("expires_in_hours\":0", "expires_in_hours\":169", "max_uses\":101")) {
      assertThat(operator("POST", "/bootstrap-tokens", "{\"" + bad + "}").status()).isEqualTo(422);
    }
  }

  @Test
  void a_bootstrap_token_is_listed_revoked_and_asked_who_came() {
    assertThat(operator("GET", "/bootstrap-tokens", null).status()).isEqualTo(200);
    var token = "/bootstrap-tokens/" + Samples.ID;
    assertThat(operator("POST", token + "/revoke", "{\"reason\":\"lost\"}").status())
        .isEqualTo(200);
    assertThat(api.calls.last())
        .isEqualTo(List.of(TenantId.SYSTEM, new EnrolmentTokenId(Samples.ID), Optional.of("lost")));
    assertThat(operator("GET", token + "/registrations", null).status()).isEqualTo(200);
  }

  @Test
  void a_registration_token_belongs_to_the_tenant_of_the_path() {
    var path = "/api/v1/tenants/" + OTHER + "/registration-tokens";

    var made = api.send("POST", path, AccessFake.USER, "{\"max_uses\":5}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).contains(path + "/" + Samples.ID);
    assertThat(api.calls.last())
        .isEqualTo(List.of(OTHER, new NewEnrolmentToken("", 24, 5, Constraints.NONE)));
    assertThat(api.send("POST", path, AccessFake.USER, "{\"required_region\":\"x\"}").status())
        .isEqualTo(422);
    assertThat(api.call("GET", path, AccessFake.USER).status()).isEqualTo(200);
    assertThat(api.call("POST", path + "/" + Samples.ID + "/revoke", AccessFake.USER).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "disable", "drain"})
  void an_agent_is_steered_in_the_right_tenant(String verb) {
    var rest = "/" + Samples.ID + "/" + verb;

    assertThat(operator("POST", "/platform-agents" + rest, null).status()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of(verb, TenantId.SYSTEM, AGENT));
    assertThat(api.call("POST", "/api/v1/agents" + rest, AccessFake.USER).status()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of(verb, Samples.TENANT_ID, AGENT));
    var named = "/api/v1/agents" + rest + "?tenant_id=" + OTHER;
    assertThat(api.call("POST", named, AccessFake.OPERATOR).status()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of(verb, OTHER, AGENT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/agents", "/workers", "/platform-jobs", "/jobs", "/audit-events"})
  void nobody_but_operators_names_another_tenant_in_a_query(String path) {
    var named = "/api/v1" + path + "?tenant_id=";

    assertThat(api.call("GET", named + OTHER, AccessFake.USER).status()).isEqualTo(404);
    assertThat(api.calls.count()).isZero();
    assertThat(api.call("GET", named + Samples.TENANT_ID, AccessFake.USER).status()).isEqualTo(200);
    assertThat(api.call("GET", named + OTHER, AccessFake.OPERATOR).status()).isEqualTo(200);
  }

  @Test
  void a_removed_agent_is_answered_with_nothing() {
    var reply = operator("DELETE", "/platform-agents/" + Samples.ID, null);

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.header("Content-Type")).isEmpty();
  }

  @Test
  void agents_are_listed_by_filters_and_counted() {
    var query = "?online=true&enabled=false&region=eu-west-1&capability=nuclei&limit=3";

    assertThat(operator("GET", "/platform-agents" + query, null).status()).isEqualTo(200);
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(
                TenantId.SYSTEM,
                new AgentFilter(true, false, "eu-west-1", "nuclei"),
                new PageRequest(3, null)));
    assertThat(operator("GET", "/platform-agents/stats", null).json().path("capacity").asInt())
        .isEqualTo(12);
    assertThat(api.call("GET", "/api/v1/agents?online=maybe", AccessFake.USER).status())
        .isEqualTo(422);
    assertThat(api.call("GET", "/api/v1/agents/" + Samples.ID, AccessFake.USER).status())
        .isEqualTo(200);
  }

  @Test
  void agents_may_not_steer_agents() {
    var reply = api.call("POST", "/api/v1/agents/" + Samples.ID + "/disable", AccessFake.AGENT);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.json().path("action").asString()).isEqualTo("agent.disable");
    assertThat(reply.json().path("permission").asString()).isEqualTo("agent_manage");
  }

  private Reply open(String path, String body) {
    return api.send("POST", path, "", body);
  }

  private Reply operator(String method, String path, @Nullable String body) {
    return api.send(method, ADMIN + path, AccessFake.OPERATOR, body);
  }

  @Test
  void who_is_connected_is_listed_with_the_replica() {
    var all = api.call("GET", "/api/v1/workers", AccessFake.OPERATOR);
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.json().at("/items/0/replica").asString()).isEqualTo("host-1a2b");
    assertThat(all.json().at("/items/0/transport").asString()).isEqualTo("poll");
    assertThat(all.json().at("/items/0/slug").asString()).isEqualTo("*");

    var some =
        api.call(
            "GET",
            "/api/v1/workers?replica=host-1a2b&limit=7&tenant_id=" + Samples.TENANT_ID,
            AccessFake.USER);
    assertThat(some.json().at("/items/0/slug").asString()).isEqualTo("acme");
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(new WorkerFilter(Samples.TENANT_ID, "host-1a2b"), new PageRequest(7, null)));
    assertThat(api.call("GET", "/api/v1/workers", AccessFake.AGENT).status()).isEqualTo(403);
  }
}

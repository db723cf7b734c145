package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.UserId;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.UserAdministration.NewToken;
import dev.muster.ports.in.access.UserAdministration.NewUser;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.in.tenancy.TenantAdministration.NewTenant;
import dev.muster.ports.in.tenancy.TenantAdministration.TenantChanges;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.PageRequest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants, plans, users and the audit log over HTTP. */
class AdministrationTest {
  private static final String ADMIN = "/api/v1/admin";
  private static final TenantSlug ACME = new TenantSlug("acme");

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
  void a_tenant_needs_a_slug_and_a_name_only() {
    var reply = operator("POST", "/tenants", "{\"slug\":\"acme\",\"name\":\"Acme\"}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Location")).contains(ADMIN + "/tenants/acme");
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(
                new NewTenant(
                    ACME,
                    "Acme",
                    PlanName.FREE,
                    WorkerMode.AGENT,
                    Pool.SHARED,
                    "task",
                    SecretDelivery.REFERENCE,
                    null,
                    List.of())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                             | /slug",
        "{\"slug\":\"Acme\",\"name\":\"A\"}                             | /slug",
        "{\"slug\":\"a_b\",\"name\":\"A\"}                              | /slug",
        "{\"slug\":\"acme\",\"name\":\"\"}                              | /name",
        "{\"slug\":\"acme\",\"name\":\"A\",\"plan\":\"gold\"}           | /plan",
        "{\"slug\":\"acme\",\"name\":\"A\",\"weight\":0}                | /weight",
        "{\"slug\":\"acme\",\"name\":\"A\",\"id\":\"x\"}                | /id",
        "{\"slug\":\"acme\",\"name\":\"A\",\"certificate_fingerprints\":[\"AB\"]} | /certificate_fingerprints/0",
      })
  void a_bad_tenant_is_422_with_a_pointer(String body, String pointer) {
    var reply = operator("POST", "/tenants", body);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    assertThat(api.calls.count()).isZero();
  }

  @Test
  void a_change_tells_absent_from_null() {
    operator("PATCH", "/tenants/acme", "{\"plan\":\"pro\"}");
    assertThat(changes().plan()).isEqualTo(PlanName.PRO);
    assertThat(changes().weight()).isNull();

    operator("PATCH", "/tenants/acme", "{\"weight\":null}");
    assertThat(changes().weight()).isEmpty();

    operator("PATCH", "/tenants/acme", "{\"weight\":7}");
    assertThat(changes().weight()).contains(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {ADMIN + "/tenants/acme/worker-limit", "/api/v1/tenants/acme/worker-limit"})
  void a_worker_limit_is_set_at_either_address_by_operators_only(String path) {
    var body = "{\"task_max_concurrent\":0}";

    assertThat(api.send("PUT", path, AccessFake.OPERATOR, body).status()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of(ACME, TenantChanges.workerLimit(0)));
    var refused = api.send("PUT", path, AccessFake.USER, body);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("operator_required");
    assertThat(refused.json().path("action").asString()).isEqualTo("tenant.set_worker_limit");
    assertThat(refused.json().path("permission").asString()).isEqualTo("system_admin");
  }

  @Test
  void a_tenant_is_found_suspended_and_resumed_by_its_slug() {
    assertThat(operator("GET", "/tenants/acme", null).json().path("plan").asString())
        .isEqualTo("pro");
    operator("POST", "/tenants/acme/suspend", null);
    assertThat(api.calls.last()).isEqualTo(List.of("suspend", ACME));
    operator("POST", "/tenants/acme/resume", null);
    assertThat(api.calls.last()).isEqualTo(List.of("resume", ACME));
    assertThat(operator("GET", "/tenants/ACME", null).status()).isEqualTo(404);
  }

  @Test
  void a_list_goes_on_where_its_cursor_says() {
    var first = operator("GET", "/tenants?limit=1", null);
    assertThat(api.calls.last()).isEqualTo(List.of(new PageRequest(1, null)));

    var cursor = first.json().path("next_cursor").asString();
    operator("GET", "/tenants?cursor=" + cursor, null);
    assertThat(api.calls.last())
        .isEqualTo(List.of(new PageRequest(50, new Cursor(Samples.AT, Samples.ID))));
  }

  @Test
  void a_slug_that_is_taken_is_409() {
    api.calls.refuse(Refusal.Code.SLUG_TAKEN);

    var reply = operator("POST", "/tenants", "{\"slug\":\"acme\",\"name\":\"Acme\"}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("slug_taken");
  }

  @Test
  void a_plan_is_replaced_as_a_whole() {
    var body = "{\"max_concurrent_jobs\":3,\"max_queue_size\":20,\"weight\":4}";

    assertThat(operator("PUT", "/plans/free", body).status()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of(new Plan(PlanName.FREE, 3, 20, 4)));
    assertThat(operator("PUT", "/plans/free", "{\"weight\":0}").json().path("errors").size())
        .isEqualTo(3);
    assertThat(operator("GET", "/plans/free", null).status()).isEqualTo(200);
    assertThat(operator("GET", "/plans/gold", null).status()).isEqualTo(404);
  }

  @Test
  void a_users_token_is_shown_once() {
    var path = "/users/" + Samples.ID + "/tokens";
    var key = "Idempotency-Key: k";
    var body = "{\"description\":\"ci\",\"expires_in_hours\":24}";

    var first = api.send("POST", ADMIN + path, AccessFake.OPERATOR, body, key);
    var again = api.send("POST", ADMIN + path, AccessFake.OPERATOR, body, key);

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().path("raw_token").asString()).isEqualTo("shown-once");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).doesNotContain("shown-once");
    assertThat(again.json().path("token")).isEqualTo(first.json().path("token"));
    assertThat(api.calls.last())
        .isEqualTo(List.of(new UserId(Samples.ID), new NewToken("ci", 24, TokenScope.ALL)));
  }

  @Test
  void users_are_made_listed_and_lose_their_tokens() {
    operator("POST", "/users", "{\"name\":\"Ada\",\"role\":\"admin\",\"tenant_slug\":\"acme\"}");
    assertThat(api.calls.last()).isEqualTo(List.of(new NewUser("Ada", Role.ADMIN, ACME)));
    assertThat(operator("GET", "/users", null).status()).isEqualTo(200);
    assertThat(operator("POST", "/tokens/" + Samples.ID + "/revoke", null).status()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of(new TokenId(Samples.ID)));
    assertThat(operator("POST", "/users", "{\"name\":\"A\",\"role\":\"god\"}").status())
        .isEqualTo(422);
  }

  @Test
  void a_token_can_be_made_to_open_less_than_its_user_may() {
    var path = "/users/" + Samples.ID + "/tokens";
    var body = "{\"permissions\":[\"data_read\"],\"actions\":[\"job.get\"],\"read_only\":true}";

    assertThat(operator("POST", path, body).status()).isEqualTo(201);
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(
                new UserId(Samples.ID),
                new NewToken(
                    "",
                    null,
                    new TokenScope(Set.of(Permission.DATA_READ), Set.of(Action.JOB_GET), true))));
    for (var bad : List.of("{\"permissions\":[\"all\"]}", "{\"actions\":[\"job.everything\"]}")) {
      assertThat(operator("POST", path, bad).status()).isEqualTo(422);
    }
  }

  @Test
  void the_tokens_of_a_user_are_listed_by_their_prefixes() {
    var reply = operator("GET", "/users/" + Samples.ID + "/tokens?limit=5", null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/items/0/prefix").asString()).isEqualTo("mst_user_ab");
    assertThat(reply.json().at("/items/0/permissions/0").asString()).isEqualTo("data_read");
    assertThat(reply.json().at("/items/0/actions").isNull()).isTrue();
    assertThat(reply.json().at("/items/0/read_only").asBoolean()).isTrue();
  }

  @Test
  void the_audit_log_is_read_by_filters() {
    var query = "?tenant_id=" + Samples.TENANT_ID + "&action=job.submit&outcome=refused";

    assertThat(operator("GET", "/audit-events" + query, null).status()).isEqualTo(200);
    var filter = (AuditFilter) api.calls.last().getFirst();
    assertThat(filter.tenant()).isEqualTo(Samples.TENANT_ID);
    assertThat(filter.action()).isEqualTo("job.submit");
    assertThat(
            api.call("GET", "/api/v1/audit-events?from=2026-01-31T12:00:00Z", AccessFake.USER)
                .status())
        .isEqualTo(200);
    assertThat(api.call("GET", "/api/v1/audit-events?from=yesterday", AccessFake.USER).status())
        .isEqualTo(422);
    assertThat(api.call("GET", ADMIN + "/audit-events", AccessFake.USER).status()).isEqualTo(403);
  }

  private TenantChanges changes() {
    return (TenantChanges) api.calls.last().get(1);
  }

  private dev.muster.http.Wire.Reply operator(
      String method, String path, @org.jspecify.annotations.Nullable String body) {
    return api.send(method, ADMIN + path, AccessFake.OPERATOR, body);
  }

  @Test
  void the_queue_in_numbers_says_as_of_when() {
    var stats = api.call("GET", "/api/v1/admin/platform-jobs/stats", AccessFake.OPERATOR);

    assertThat(stats.status()).isEqualTo(200);
    var json = stats.json();
    assertThat(json.path("as_of").asString()).isEqualTo("2026-01-31T12:00:00.123456Z");
    assertThat(json.path("counted_at").asString()).isEqualTo("2026-01-31T11:59:00.123456Z");
    assertThat(json.path("queued").asInt()).isEqualTo(7);
    assertThat(json.path("running").asInt()).isEqualTo(3);
    assertThat(json.path("delayed").asInt()).isEqualTo(1);
    assertThat(json.at("/oldest/wait_seconds").asDouble()).isEqualTo(90);
    assertThat(json.at("/priorities/0/oldest").isNull()).isTrue();
    assertThat(json.at("/priorities/1/queued").asInt()).isEqualTo(6);
    assertThat(json.at("/priorities/1/oldest/queue_priority").asInt()).isEqualTo(765);
    assertThat(json.at("/pools/0/queued").asInt()).isEqualTo(4);
    assertThat(json.at("/pools/1/running").asInt()).isEqualTo(2);
    assertThat(json.at("/capabilities/0/capability").asString()).isEqualTo("nuclei");
    assertThat(json.at("/tenants/0/slug").asString()).isEqualTo("acme");
    assertThat(json.at("/waits/p50_seconds").asDouble()).isEqualTo(0.003);
    assertThat(api.call("GET", "/api/v1/admin/platform-jobs/stats", AccessFake.USER).status())
        .isEqualTo(403);
  }
}

package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Bad requests get a clear refusal, and nothing is half done. */
class BadInputIT {
  private static final String JOBS = "/api/v1/platform-jobs";
  private static final String WRONG_KEY = "mst_user_" + "0".repeat(49);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static final TestDatabase DATABASE = WORKSHOP.later(TestDatabase.open());
  private static ServerProcess server;
  private static Operator operator;
  private static Customer acme;
  private static Customer other;

  @BeforeAll
  static void start_a_server_with_two_tenants() throws Exception {
    server =
        WORKSHOP.later(
            ServerProcess.start(WORKSHOP.file("server.log"), List.of(DATABASE.environment())));
    operator = Operator.of(server);
    acme = operator.customer("acme", "pro", "shared");
    other = operator.customer("other", "pro", "shared");
  }

  @AfterEach
  void the_server_never_lost_its_composure() {
    assertThat(server.program().log()).doesNotContain("\tat ").doesNotContain("internal_error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | 400 | malformed_json",
        "not json | 400 | malformed_json",
        "{} {} | 400 | malformed_json",
        "[] | 422 | invalid",
        "{\"type\": \"t\", \"type\": \"u\", \"payload\": {}} | 422 | invalid",
        "{\"type\": \"t\", \"payload\": {}, \"unknown\": 1} | 422 | invalid",
        "{\"type\": \"t\", \"payload\": {\"a\": \"\\u0000\"}} | 422 | invalid",
        "{\"type\": \"t\", \"payload\": {\"a\": \"\\ud800\"}} | 422 | invalid",
        "{\"type\": \"t\", \"payload\": {}, \"max_attempts\": 21} | 422 | invalid",
        "{\"type\": \"t\", \"payload\": {}, \"max_attempts\": 0} | 422 | invalid",
        "{\"type\": \"t\"} | 422 | invalid",
        "{\"type\": \"t\", \"payload\": []} | 422 | invalid",
      })
  void a_body_that_breaks_rules(String body, int status, String code) throws Exception {
    ApiClient.Answer answer = acme.api().post(JOBS, body);

    assertProblem(answer, status, code);
    assertThat(acme.api().all(JOBS)).isEmpty();
  }

  @Test
  void a_body_that_is_too_deep_or_too_large() throws Exception {
    String deep = "{\"a\":".repeat(120) + "1" + "}".repeat(120);
    String large = "\"" + "x".repeat(300 * 1024) + "\"";
    String larger = "\"" + "x".repeat(1100 * 1024) + "\"";

    assertProblem(acme.api().post(JOBS, jobWith(deep)), 422, "invalid");
    assertProblem(acme.api().post(JOBS, jobWith("{\"a\": " + large + "}")), 422, "invalid");
    assertProblem(acme.api().post(JOBS, jobWith("{\"a\": " + larger + "}")), 413, "body_too_large");
    assertThat(acme.api().all(JOBS)).isEmpty();
  }

  private static String jobWith(String payload) {
    return "{\"type\": \"t\", \"payload\": %s}".formatted(payload);
  }

  @Test
  void whatever_is_wrong_with_a_credential_the_answer_is_the_same() throws Exception {
    SimulatedAgent agent = operator.agent("known", 1);
    Map<String, String> answers = new LinkedHashMap<>();

    answers.put("none", refusal(Map.of()));
    answers.put("unknown", refusal(bearer(WRONG_KEY)));
    answers.put("malformed", refusal(bearer("mst_user_x")));
    answers.put("other scheme", refusal(Map.of("Authorization", "Basic YTpi")));
    answers.put("revoked", refusal(bearer(revoked())));
    answers.put("expired", refusal(bearer(expired())));
    answers.put(
        "an agent's key, mistyped", refusal(Map.of("X-API-Key", agent.api().token() + "x")));
    answers.put(
        "another agent's id",
        refusal(
            Map.of(
                "X-Agent-Id",
                UUID.randomUUID().toString(),
                "X-Agent-Secret",
                agent.api().token())));
    answers.put(
        "two that disagree",
        refusal(
            Map.of(
                "Authorization",
                "Bearer " + acme.api().token(),
                "X-API-Key",
                agent.api().token())));

    assertThat(answers.values()).as("%s", answers).containsOnly(answers.get("none"));
    assertThat(answers.get("none")).contains("401").contains("unauthenticated");
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  /** Status, type and body, without the one thing that tells requests apart. */
  private static String refusal(Map<String, String> headers) throws Exception {
    ApiClient anyone = new ApiClient(server.url(), "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(anyone.request("GET", JOBS, null), (name, value) -> true);
    headers.forEach(request::header);
    ApiClient.Answer answer = anyone.send(request.build());
    return answer.status()
        + answer.header("Content-Type").orElse("")
        + answer.header("WWW-Authenticate").orElse("")
        + answer.text().replace(answer.json().path("request_id").asString(), "");
  }

  private static String revoked() throws Exception {
    JsonNode issued = issued();
    String id = issued.path("token").path("id").asString();
    operator.api().post("/api/v1/admin/tokens/" + id + "/revoke", "{}").expect(200);
    return issued.path("raw_token").asString();
  }

  /** Time cannot be made to pass from outside, so the row is changed. */
  private static String expired() throws Exception {
    JsonNode issued = issued();
    DATABASE.run(
        "UPDATE user_tokens SET expires_at = now() - interval '1 second' WHERE id = '%s'"
            .formatted(issued.path("token").path("id").asString()));
    return issued.path("raw_token").asString();
  }

  private static JsonNode issued() throws Exception {
    String user =
        operator
            .api()
            .post(
                "/api/v1/admin/users",
                "{\"name\": \"%s\", \"role\": \"admin\", \"tenant_slug\": \"acme\"}"
                    .formatted(UUID.randomUUID()))
            .expect(201)
            .path("id")
            .asString();
    return operator
        .api()
        .post("/api/v1/admin/users/" + user + "/tokens", "{\"expires_in_hours\": 1}")
        .expect(201);
  }

  @Test
  void what_is_another_tenants_is_as_if_it_were_not_there() throws Exception {
    String theirs = other.submit("{\"type\": \"t\", \"payload\": {}}");
    String nobodys = UUID.randomUUID().toString();

    for (String rest : List.of("", "/logs", "/attempts")) {
      assertSame(
          acme.api().get(JOBS + "/" + theirs + rest), acme.api().get(JOBS + "/" + nobodys + rest));
    }
    for (String verb : List.of("/cancel", "/retry")) {
      assertSame(
          acme.api().post(JOBS + "/" + theirs + verb, "{}"),
          acme.api().post(JOBS + "/" + nobodys + verb, "{}"));
    }
    assertThat(other.status(theirs)).isEqualTo("queued");
    assertThat(acme.api().get("/api/v1/tenants/" + other.id() + "/registration-tokens").status())
        .isEqualTo(404);
  }

  private static void assertSame(ApiClient.Answer theirs, ApiClient.Answer nobodys) {
    assertProblem(theirs, 404, "not_found");
    assertThat(theirs.text().replace(theirs.json().path("request_id").asString(), ""))
        .isEqualTo(nobodys.text().replace(nobodys.json().path("request_id").asString(), ""));
  }

  @Test
  void a_tenants_user_is_no_operator_and_no_agent() throws Exception {
    assertProblem(acme.api().get("/api/v1/admin/tenants"), 403);
    assertProblem(acme.api().post("/api/v1/platform-agent/jobs/claim", "{}"), 403);
  }

  private static void assertProblem(ApiClient.Answer answer, int status, String... codes) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
    if (codes.length > 0) {
      assertThat(answer.code()).isIn((Object[]) codes);
    }
    if (status == 422) {
      assertThat(answer.json().path("errors").path(0).path("pointer").isString()).isTrue();
    }
  }
}

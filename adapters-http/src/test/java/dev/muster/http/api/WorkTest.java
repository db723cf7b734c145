package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Progress;
import dev.muster.domain.job.Report;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.http.Wire.Reply;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.fleet.Presence.ActiveJob;
import dev.muster.ports.in.fleet.Presence.Heartbeat;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents do, over HTTP. */
class WorkTest {
  private static final String AGENT = "/api/v1/platform-agent";
  private static final String STATUS = AGENT + "/jobs/" + Samples.ID + "/status";
  private static final String LOGS = AGENT + "/jobs/" + Samples.ID + "/logs";

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
  void a_claim_says_what_it_can_and_gets_jobs_and_orders() {
    var reply =
        agent(
            AGENT + "/jobs/claim",
            """
            {"capabilities": ["nuclei"], "tools": ["nmap"], "worker_type": "task",
             "tenant_slug": "acme", "max_jobs": 2, "wait_seconds": 60, "claim_id": "c-1"}
            """);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(
                new Claim(
                    Abilities.of(Set.of("nuclei"), Set.of("nmap"), null),
                    "task",
                    new TenantSlug("acme"),
                    2,
                    Duration.ofSeconds(60),
                    "c-1")));
    var json = reply.json();
    assertThat(json.path("job")).isEqualTo(json.at("/jobs/0"));
    assertThat(json.at("/job/tenant_slug").asString()).isEqualTo("acme");
    assertThat(json.at("/job/traceparent").asString())
        .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    assertThat(json.at("/job/attempt").asInt()).isEqualTo(2);
    assertThat(json.at("/job/lease_expires_at").asString()).endsWith("Z");
    assertThat(json.at("/job/run_timeout_seconds").asInt()).isEqualTo(3600);
    assertThat(json.path("no_job_available").asBoolean()).isFalse();
    assertThat(json.at("/control/0/job_id").asString()).isEqualTo(Samples.ID.toString());
    assertThat(json.at("/control/1/type").asString()).isEqualTo("drain");
    assertThat(json.at("/control/2/type").asString()).isEqualTo("update");
  }

  @Test
  void the_tokens_of_jobs_come_to_who_asks_for_them() {
    var plain = agent(AGENT + "/jobs/claim", "{}").json();
    var asking = agent(AGENT + "/jobs/claim", "{\"job_tokens\": true}").json();

    assertThat(plain.at("/job/auth_token").isMissingNode()).isTrue();
    assertThat(asking.at("/jobs/0/auth_token").asString())
        .isEqualTo("mst_job_of_" + asking.at("/job/id").asString());
  }

  @Test
  void an_empty_claim_asks_for_one_job_at_once() {
    assertThat(agent("/api/v1/agent/jobs/claim", "{}").status()).isEqualTo(200);
    assertThat(api.calls.last())
        .isEqualTo(List.of(new Claim(null, null, null, 1, Duration.ZERO, null)));
  }

  @Test
  void a_star_stands_for_any_tenant() {
    assertThat(agent("/api/v1/agent/jobs/claim", "{\"tenant_slug\":\"*\"}").status())
        .isEqualTo(200);
    assertThat(api.calls.last())
        .isEqualTo(List.of(new Claim(null, null, null, 1, Duration.ZERO, null)));
  }

  @Test
  void no_job_is_said_plainly() {
    var json = agent(AGENT + "/jobs/claim", "{\"max_jobs\":0}").json();

    assertThat(json.path("job").isNull()).isTrue();
    assertThat(json.path("jobs").isEmpty()).isTrue();
    assertThat(json.path("no_job_available").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"max_jobs\":-1}", "{\"max_jobs\":101}", "{\"wait_seconds\":61}", "{\"wait_seconds\":-1}",
        "{\"claim_id\":\"\"}", "{\"tenant_slug\":\"**\"}", "{\"tenant_id\":\"x\"}", "[]"
      })
  void a_bad_claim_is_422(String body) {
    assertThat(agent(AGENT + "/jobs/claim", body).status()).isEqualTo(422);
  }

  @Test
  void a_disabled_agent_is_403() {
    api.calls.refuse(Refusal.Code.AGENT_DISABLED);

    assertThat(agent(AGENT + "/jobs/claim", "{}").code()).isEqualTo("agent_disabled");
  }

  @Test
  void people_may_not_claim() {
    assertThat(api.send("POST", AGENT + "/jobs/claim", AccessFake.OPERATOR, "{}").status())
        .isEqualTo(403);
  }

  static Stream<Arguments> reports() {
    return Stream.of(
        Arguments.of(
            "\"status\":\"running\",\"progress\":{\"percent\":50,\"message\":\"half\"}",
            new Report.Running(new Progress(50, "half"))),
        Arguments.of("\"status\":\"running\"", new Report.Running(null)),
        Arguments.of(
            "\"status\":\"completed\",\"result\":{\"a\":[1]}", new Report.Completed("{\"a\":[1]}")),
        Arguments.of("\"status\":\"completed\"", new Report.Completed("null")),
        Arguments.of(
            "\"status\":\"failed\",\"error\":{\"class\":\"x\",\"message\":\"y\",\"retryable\":true}",
            new Report.Failed(new JobError("x", "y"), true)),
        Arguments.of("\"status\":\"cancelled\"", new Report.Cancelled()),
        Arguments.of("\"status\":\"released\",\"result\":null", new Report.Released()));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void a_report_is_taken_under_its_fence(String fields, Report report) {
    assertThat(agent(STATUS, "{\"attempt\":3," + fields + "}").status()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of(Samples.JOB_ID, 3, report));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"running\"}",
        "{\"attempt\":0,\"status\":\"running\"}",
        "{\"attempt\":1}",
        "{\"attempt\":1,\"status\":\"queued\"}",
        "{\"attempt\":1,\"status\":\"failed\"}",
        "{\"attempt\":1,\"status\":\"failed\",\"error\":{\"class\":\"a b\",\"message\":\"\"}}",
        "{\"attempt\":1,\"status\":\"completed\",\"error\":{\"class\":\"a\",\"message\":\"\"}}",
        "{\"attempt\":1,\"status\":\"running\",\"result\":{}}",
        "{\"attempt\":1,\"status\":\"running\",\"progress\":{\"percent\":101}}",
      })
  void a_bad_report_is_422(String body) {
    assertThat(agent(STATUS, body).status()).isEqualTo(422);
    assertThat(api.calls.count()).isZero();
  }

  @Test
  void a_stale_attempt_is_409_lease_lost() {
    api.calls.refuse(Refusal.Code.LEASE_LOST);

    var reply = agent(STATUS, "{\"attempt\":1,\"status\":\"completed\"}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("lease_lost");
  }

  @Test
  void a_result_may_be_large_but_not_larger_than_4_mib() {
    var head = "{\"attempt\":1,\"status\":\"completed\",\"result\":\"";

    assertThat(agent(STATUS, head + "x".repeat((4 << 20) - 100) + "\"}").status()).isEqualTo(200);
    assertThat(agent(STATUS, head + "x".repeat(4 << 20) + "\"}").status()).isEqualTo(413);
  }

  @Test
  void several_reports_are_answered_one_by_one() {
    var one = "{\"id\":\"" + Samples.ID + "\",\"attempt\":1,\"status\":\"released\"}";

    var taken = agent(AGENT + "/jobs/status", "{\"reports\":[" + one + "," + one + "]}");
    assertThat(taken.json().path("results").size()).isEqualTo(2);
    assertThat(taken.json().at("/results/1/job/status").asString()).isEqualTo("completed");

    api.calls.refuse(Refusal.Code.LEASE_LOST);
    var refused = agent(AGENT + "/jobs/status", "{\"reports\":[" + one + "]}");
    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.json().at("/results/0/status").asInt()).isEqualTo(409);
    assertThat(refused.json().at("/results/0/code").asString()).isEqualTo("lease_lost");

    var many = "{\"reports\":[" + (one + ",").repeat(100) + one + "]}";
    assertThat(agent(AGENT + "/jobs/status", many).status()).isEqualTo(422);
  }

  @Test
  void log_lines_are_taken_with_their_place() {
    var line =
        "{\"seq\":7,\"stream\":\"stderr\",\"at\":\"2026-01-31T12:00:00.123456789Z\",\"text\":\"\"}";

    var reply = agent(LOGS, "{\"attempt\":2,\"lines\":[" + line + "]}");

    assertThat(reply.json().path("accepted").asInt()).isEqualTo(1);
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(
                Samples.JOB_ID, 2, List.of(new LogLine(7, LogLine.Stream.STDERR, Samples.AT, ""))));
    assertThat(agent(LOGS, "{\"attempt\":2,\"lines\":[{\"seq\":0}]}").status()).isEqualTo(422);
    var longest = line.replace("\"text\":\"\"", "\"text\":\"" + "x".repeat(16_384) + "\"");
    assertThat(agent(LOGS, "{\"attempt\":2,\"lines\":[" + longest + "]}").status()).isEqualTo(200);
    var longer = longest.replace("x\"}", "xx\"}");
    assertThat(agent(LOGS, "{\"attempt\":2,\"lines\":[" + longer + "]}").status()).isEqualTo(422);
  }

  @Test
  void a_heartbeat_names_jobs_and_learns_which_to_stop() {
    var body =
        "{\"active_jobs\":[{\"id\":\""
            + Samples.ID
            + "\",\"attempt\":2}],"
            + "\"version\":\"0.1.0\",\"draining\":false}";

    var reply = agent(AGENT + "/heartbeat", body);

    assertThat(reply.json().path("status").asString()).isEqualTo("ok");
    assertThat(reply.json().path("next_heartbeat_seconds").asInt()).isEqualTo(20);
    assertThat(reply.json().at("/cancel/0").asString()).isEqualTo(Samples.ID.toString());
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(new Heartbeat(List.of(new ActiveJob(Samples.JOB_ID, 2)), "0.1.0", false)));
    assertThat(agent("/api/v1/agent/heartbeat", "{}").status()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of(new Heartbeat(null, null, null)));
  }

  @Test
  void an_agent_speaks_for_itself_only() {
    var other = "/api/v1/agents/" + Samples.TENANT_ID + "/heartbeat";

    assertThat(agent("/api/v1/agents/" + Samples.ID + "/heartbeat", "{}").status()).isEqualTo(200);
    assertThat(agent(other, "{}").code()).isEqualTo("not_the_caller");
    assertThat(agent(other, "{}").status()).isEqualTo(403);
    assertThat(api.access.denied())
        .containsExactly("agent.heartbeat not_the_caller", "agent.heartbeat not_the_caller");
  }

  private Reply agent(String path, String body) {
    return api.send("POST", path, AccessFake.AGENT, body);
  }
}

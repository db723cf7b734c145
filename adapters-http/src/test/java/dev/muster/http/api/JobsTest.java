package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.http.Wire.Reply;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobsTest {
  private static final String JOBS = "/api/v1/platform-jobs";
  private static final String ONE = "{\"type\":\"scan\",\"payload\":{}}";
  private static final TraceParent TRACE =
      new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1);
  private static final String JOB = JOBS + "/" + Samples.ID;

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
  void the_documented_example_is_understood_in_every_field() {
    var reply =
        submit(
            """
            {"type": "scan", "priority": "normal",
             "payload": {"tool": "nuclei", "target": "example.com", "templates": ["cves"]},
             "capabilities": ["nuclei"], "tools": [], "preferred_region": "us-east-1",
             "when_no_agent": "queue", "max_attempts": 3, "run_timeout_seconds": 3600,
             "queue_timeout_seconds": 86400, "available_at": null}
            """);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Location")).contains(JOB);
    assertThat(reply.json().path("auth_token").asString()).isEqualTo("shown-once");
    assertThat(reply.json().at("/queue/position").asInt()).isEqualTo(5);
    assertThat(reply.json().path("status").asString()).isEqualTo("queued");
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(
                new JobSpec(
                    "scan",
                    Priority.NORMAL,
                    "{\"tool\":\"nuclei\",\"target\":\"example.com\",\"templates\":[\"cves\"]}",
                    Requirements.of(Set.of("nuclei"), Set.of(), "us-east-1"),
                    WhenNoAgent.QUEUE,
                    3,
                    Duration.ofHours(1),
                    Duration.ofDays(1),
                    null)));
  }

  @Test
  void only_type_and_payload_are_required() {
    assertThat(submit("{\"type\":\"scan\",\"payload\":{}}").status()).isEqualTo(201);
    assertThat(submit("{}").json().path("errors").size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"max_attempts\":0              | /max_attempts",
        "\"max_attempts\":21             | /max_attempts",
        "\"run_timeout_seconds\":0       | /run_timeout_seconds",
        "\"run_timeout_seconds\":604801  | /run_timeout_seconds",
        "\"queue_timeout_seconds\":604801| /queue_timeout_seconds",
        "\"priority\":\"urgent\"         | /priority",
        "\"when_no_agent\":\"wait\"      | /when_no_agent",
        "\"capabilities\":[\"a b\"]      | /capabilities/0",
        "\"capabilities\":[\"a\",\"a\"]  | /capabilities",
        "\"tools\":\"nmap\"              | /tools",
        "\"preferred_region\":\"\"       | /preferred_region",
        "\"available_at\":\"tomorrow\"   | /available_at",
        "\"tenant_id\":\"x\"             | /tenant_id",
        "\"status\":\"completed\"        | /status",
      })
  void a_bad_field_is_422_with_a_pointer(String field, String pointer) {
    var reply = submit("{\"type\":\"scan\",\"payload\":{}," + field + "}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    assertThat(api.calls.count()).isZero();
  }

  @Test
  void a_job_stays_in_the_trace_that_it_was_submitted_in() {
    submitIn("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", JOBS, ONE);
    assertThat(traces()).containsExactly(TRACE);

    submitIn(TRACE.toString(), JOBS + "/batch", "{\"jobs\":[" + ONE + "," + ONE + "]}");
    assertThat(traces()).containsExactly(TRACE, TRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
  void what_is_no_trace_is_ignored(String header) {
    assertThat(submitIn(header, JOBS, ONE).status()).isEqualTo(201);
    assertThat(traces()).containsExactly((TraceParent) null);
  }

  private Reply submitIn(String trace, String path, String body) {
    return api.send("POST", path, AccessFake.USER, body, "traceparent: " + trace);
  }

  private List<@Nullable TraceParent> traces() {
    return api.calls.last().stream()
        .flatMap(said -> said instanceof List<?> many ? many.stream() : Stream.of(said))
        .map(spec -> ((JobSpec) spec).trace())
        .toList();
  }

  @Test
  void a_job_that_waits_says_why() {
    var reply = api.call("GET", "/api/v1/jobs/" + Samples.JOB_ID + "/explain", AccessFake.USER);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("position").asInt()).isEqualTo(15);
    assertThat(reply.json().at("/reasons/0/code").asString()).isEqualTo("at_cap");
    assertThat(reply.json().at("/reasons/0/detail").asString()).contains("2 of 2");
    assertThat(reply.json().at("/reasons/0/until").isNull()).isTrue();
    assertThat(reply.json().at("/reasons/1/until").asString()).endsWith("Z");
    assertThat(api.calls.last()).isEqualTo(List.of(Samples.JOB_ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"max_attempts\":1", "\"max_attempts\":20", "\"run_timeout_seconds\":604800"})
  void the_limits_are_included(String field) {
    assertThat(submit("{\"type\":\"scan\",\"payload\":{}," + field + "}").status()).isEqualTo(201);
  }

  @Test
  void a_payload_of_256_kib_passes_and_one_byte_more_does_not() {
    var most = "{\"a\":\"" + "x".repeat(JobSpec.MOST_PAYLOAD_BYTES - 8) + "\"}";

    assertThat(submit("{\"type\":\"scan\",\"payload\":" + most + "}").status()).isEqualTo(201);
    var reply = submit("{\"type\":\"scan\",\"payload\":" + most.replace("\"}", "x\"}") + "}");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo("/payload");
  }

  @Test
  void a_full_queue_is_429_with_a_time_to_come_back() {
    api.calls.refuse(Refusal.Code.QUEUE_FULL);

    var reply = submit("{\"type\":\"scan\",\"payload\":{}}");

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.code()).isEqualTo("queue_full");
    assertThat(reply.header("Retry-After")).isPresent();
  }

  @Test
  void a_repeated_submit_carries_the_token_again() {
    var body = "{\"type\":\"scan\",\"payload\":{}}";
    var first = api.send("POST", JOBS, AccessFake.USER, body, "Idempotency-Key: k");
    var again = api.send("POST", JOBS, AccessFake.USER, body, "Idempotency-Key: k");

    assertThat(again.text()).isEqualTo(first.text()).contains("shown-once");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(api.calls.count()).isEqualTo(1);
  }

  @Test
  void the_token_of_a_job_is_not_in_what_is_stored_for_a_repetition() {
    var body = "{\"type\":\"scan\",\"payload\":{}}";
    api.send("POST", JOBS, AccessFake.USER, body, "Idempotency-Key: k");

    assertThat(api.stored()).contains("\"auth_token\":null").doesNotContain("shown-once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/platform-jobs", "/api/v1/jobs"})
  void many_jobs_are_submitted_at_once(String jobs) {
    var reply =
        api.send(
            "POST",
            jobs + "/batch",
            AccessFake.USER,
            "{\"jobs\": [{\"type\":\"scan\",\"payload\":{}}, {\"type\":\"sweep\",\"payload\":{}}]}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Location")).isEmpty();
    assertThat(reply.json().path("jobs").size()).isEqualTo(2);
    assertThat(reply.json().at("/jobs/0/auth_token").asString()).isEqualTo("shown-once");
    assertThat(reply.json().at("/jobs/1/status").asString()).isEqualTo("queued");
    assertThat(reply.json().at("/jobs/1/queue/position").isNull()).isTrue();
    assertThat(api.calls.last().toString()).contains("type=scan").contains("type=sweep");
  }

  @Test
  void what_is_wrong_in_a_batch_is_named_by_its_place() {
    var reply =
        batch("{\"jobs\": [{\"type\":\"scan\",\"payload\":{}}, {\"type\":1,\"x\":2}, null]}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/jobs/1/type", "/jobs/1/payload", "/jobs/1/x", "/jobs/2");
    assertThat(api.calls.count()).isZero();
  }

  @Test
  void a_batch_has_one_job_to_a_thousand() {
    var job = "{\"type\":\"scan\",\"payload\":{}}";
    var thousand = String.join(",", Collections.nCopies(1_000, job));

    assertThat(batch("{\"jobs\": []}").status()).isEqualTo(422);
    assertThat(batch("{\"jobs\": [" + thousand + "," + job + "]}").status()).isEqualTo(422);
    assertThat(batch("{\"jobs\": [" + thousand + "]}").status()).isEqualTo(201);
  }

  @Test
  void a_batch_may_be_larger_than_a_job() {
    var job = "{\"type\":\"scan\",\"payload\":{\"a\":\"%s\"}}".formatted("x".repeat(200_000));

    assertThat(
            batch("{\"jobs\": [" + String.join(",", Collections.nCopies(40, job)) + "]}").status())
        .isEqualTo(201);
    assertThat(
            batch("{\"jobs\": [" + String.join(",", Collections.nCopies(43, job)) + "]}").status())
        .isEqualTo(413);
  }

  @Test
  void a_repeated_batch_carries_the_tokens_again_which_are_not_stored() {
    var body = "{\"jobs\": [{\"type\":\"scan\",\"payload\":{}}]}";
    var first = api.send("POST", JOBS + "/batch", AccessFake.USER, body, "Idempotency-Key: k");
    var again = api.send("POST", JOBS + "/batch", AccessFake.USER, body, "Idempotency-Key: k");

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text()).contains("shown-once");
    assertThat(api.stored()).contains("\"auth_token\":null").doesNotContain("shown-once");
    assertThat(api.calls.count()).isEqualTo(1);
  }

  private Reply batch(String body) {
    return api.send("POST", JOBS + "/batch", AccessFake.USER, body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/platform-jobs/", "/api/v1/jobs/"})
  void a_job_has_two_names(String jobs) {
    var reply = api.call("GET", jobs + Samples.ID, AccessFake.USER);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("queue_priority").asInt()).isEqualTo(512);
    assertThat(reply.text()).contains("\"payload\":{\"tool\":\"nmap\"}");
  }

  @Test
  void the_holder_of_a_jobs_token_reads_and_cancels_that_job_only() {
    assertThat(api.call("GET", JOB, AccessFake.JOB).status()).isEqualTo(200);
    assertThat(api.call("POST", JOB + "/cancel", AccessFake.JOB).status()).isEqualTo(200);
    assertThat(api.calls.last()).isEqualTo(List.of("cancel", Samples.JOB_ID));
    assertThat(api.call("GET", JOB + "/attempts", AccessFake.JOB).status()).isEqualTo(200);
    assertThat(api.call("GET", JOB + "/logs", AccessFake.JOB).status()).isEqualTo(200);

    assertThat(api.call("POST", JOB + "/retry", AccessFake.JOB).status()).isEqualTo(403);
    assertThat(api.call("GET", JOBS, AccessFake.JOB).status()).isEqualTo(403);
    var other = JOB.replace("aa", "bb");
    assertThat(api.call("GET", other, AccessFake.JOB).status()).isEqualTo(403);
  }

  @Test
  void a_malformed_id_is_404_for_those_who_may_ask_and_401_for_those_who_may_not() {
    assertThat(api.call("GET", JOBS + "/x", AccessFake.USER).status()).isEqualTo(404);
    assertThat(api.call("GET", JOBS + "/x", "").status()).isEqualTo(401);
  }

  @Test
  void a_list_takes_filters() {
    var query = "?status=running&type=scan&priority=high&limit=7";

    assertThat(api.call("GET", JOBS + query, AccessFake.USER).status()).isEqualTo(200);
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(
                new JobFilter(JobStatus.RUNNING, "scan", Priority.HIGH, null),
                new PageRequest(7, null)));
    assertThat(api.call("GET", JOBS + "?status=done", AccessFake.USER).status()).isEqualTo(422);
    assertThat(api.call("GET", JOBS + "?tenant_id=acme", AccessFake.USER).status()).isEqualTo(422);
  }

  @Test
  void a_list_takes_filters_of_how_jobs_ended() {
    var query =
        "?error_class=disk_full&agent_id=%s&finished_after=2026-01-31T12:00:00Z"
            .formatted(Samples.ID);

    assertThat(
            api.call("GET", JOBS + query + "&finished_before=2026-02-01T00:00:00Z", AccessFake.USER)
                .status())
        .isEqualTo(200);
    assertThat(api.calls.last().getFirst())
        .isEqualTo(
            new JobFilter(
                null,
                null,
                null,
                null,
                "disk_full",
                new AgentId(Samples.ID),
                Instant.parse("2026-01-31T12:00:00Z"),
                Instant.parse("2026-02-01T00:00:00Z")));
    assertThat(api.call("GET", JOBS + "?error_class=no%20name", AccessFake.USER).status())
        .isEqualTo(422);
  }

  @Test
  void many_jobs_are_counted_unless_it_is_said_that_it_is_meant() {
    var order = "{\"filter\": {\"error_class\": \"disk_full\"}%s}";

    var counted = api.send("POST", JOBS + "/retry", AccessFake.USER, order.formatted(""));
    assertThat(counted.json().path("dry_run").asBoolean()).isTrue();
    assertThat(counted.json().path("matched").asInt()).isEqualTo(7);
    assertThat(counted.json().path("room").asInt()).isEqualTo(5);
    assertThat(counted.json().path("retried").asInt()).isZero();

    var meant =
        api.send(
            "POST", "/api/v1/jobs/retry", AccessFake.USER, order.formatted(", \"dry_run\": false"));
    assertThat(meant.json().path("retried").asInt()).isEqualTo(5);
    assertThat(meant.json().path("left").asInt()).isEqualTo(2);
    assertThat(meant.json().at("/tenants/0/obstacle").asString()).isEqualTo("queue_full");
    assertThat(api.calls.last())
        .isEqualTo(
            List.of(new JobFilter(null, null, null, null, "disk_full", null, null, null), false));
  }

  @Test
  void an_order_for_many_jobs_names_its_filter() {
    assertThat(api.send("POST", JOBS + "/retry", AccessFake.USER, "{}").status()).isEqualTo(422);
    assertThat(
            api.send("POST", JOBS + "/retry", AccessFake.USER, "{\"filter\": {\"limit\": 1}}")
                .text())
        .contains("/filter/limit");
    assertThat(api.send("POST", JOBS + "/retry", AccessFake.AGENT, "{}").status()).isEqualTo(403);
  }

  private Reply submit(String body) {
    return api.send("POST", JOBS, AccessFake.USER, body);
  }
}

package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.tracing.fake.Exported;
import dev.muster.tracing.fake.FakeCollector;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A job is one trace, from whoever submits it to the host that runs it and back. */
class TracedJobIT {
  private static final Duration RUNNING = Duration.ofSeconds(60);
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT_ID = "00f067aa0ba902b7";
  private static final String TRACE = "00-" + TRACE_ID + "-" + PARENT_ID + "-01";
  private static final String ARGUMENT = "stands-in-an-argument-4711";
  private static final String RESULT = "stands-in-a-result-4712";
  private static final String SECRET = "s3cr3t-from-the-vault-4713";
  private static final String COLLECTORS = "k3y-of-the-collector-4714";

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static final TestDatabase DATABASE = WORKSHOP.later(TestDatabase.open());
  private static final FakeCollector COLLECTOR = WORKSHOP.later(new FakeCollector());

  private static Map<String, String> otel() {
    return Map.of(
        "OTEL_ENABLED",
        "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        COLLECTOR.endpoint().toString(),
        "OTEL_EXPORTER_OTLP_HEADERS",
        "x-key=" + COLLECTORS);
  }

  private static ServerProcess server;
  private static Operator operator;
  private static Customer acme;

  @BeforeAll
  static void start() throws Exception {
    server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"), List.of(DATABASE.environment(), otel())));
    operator = Operator.of(server);
    acme = operator.customer("acme", "pro", "shared");
  }

  private static AgentProcess agent(String name, Map<String, String> more) throws Exception {
    WORKSHOP.write(
        name + ".yaml",
        """
        capabilities: [%s]
        connectors:
          exec:
            tools:
              say:
                command: [echo, %s, "{word}"]
                parameters: {word: {pattern: "[a-z0-9-]+"}}
                environment: {PATH: "%s"}
                secrets: {token: {environment: TOKEN}}
        """
            .formatted(name, RESULT, System.getenv("PATH")));
    Map<String, String> settings = new HashMap<>(more);
    settings.put("MUSTER_BOOTSTRAP_TOKEN", operator.bootstrapToken(1));
    settings.put("MUSTER_LOG_LEVEL", "trace");
    AgentProcess.call(
        WORKSHOP,
        AgentProcess.environment(WORKSHOP, name, server.url(), settings),
        List.of(
            "vault",
            "set",
            "say/token",
            "--for-tool",
            "say:word=" + ARGUMENT,
            "--for-tenant",
            "acme"),
        SECRET);
    return WORKSHOP.later(AgentProcess.start(WORKSHOP, name, server.url(), settings));
  }

  private static String submit(String capability, String trace) throws Exception {
    HttpRequest plain =
        acme.api()
            .request(
                "POST",
                "/api/v1/platform-jobs",
                """
                {"type": "talk", "capabilities": ["%s"], "max_attempts": 1,
                 "payload": {"tool": "say", "word": "%s", "token": "vault://local/say/token"}}
                """
                    .formatted(capability, ARGUMENT));
    HttpRequest request =
        HttpRequest.newBuilder(plain, (name, value) -> true).header("traceparent", trace).build();
    JsonNode submitted = acme.api().send(request).expect(201);
    return submitted.path("job").path("id").asString();
  }

  private static List<Exported> of(String job, List<Exported> spans) {
    return spans.stream()
        .filter(span -> job.equals(span.attributes().get("muster.job.id")))
        .toList();
  }

  @Test
  void one_trace_goes_from_the_submit_to_the_run_and_back_and_tells_no_secret() throws Exception {
    AgentProcess agent = agent("traced", otel());
    agent.awaitOnline(operator);

    String job = submit("traced", TRACE);
    acme.awaitStatus(job, "completed", RUNNING);

    assertThat(acme.job(job).path("result").toString()).contains(RESULT).contains(ARGUMENT);
    List<Exported> spans =
        COLLECTOR.await(all ->
            of(job, all).stream()
                    .map(Exported::name)
                    .toList()
                    .containsAll(List.of("job.submit", "job.claim", "job.run"))
                && of(job, all).stream().filter(span -> span.name().equals("job.report")).count()
                    == 2);
    assertThat(of(job, spans)).extracting(Exported::traceId).containsOnly(TRACE_ID);
    Exported submit = named("job.submit", of(job, spans));
    Exported request =
        spans.stream()
            .filter(span -> span.spanId().equals(submit.parentId()))
            .findFirst()
            .orElseThrow();
    Exported run = named("job.run", of(job, spans));
    assertThat(request.name()).isEqualTo("POST /api/v1/platform-jobs");
    assertThat(request.traceId()).isEqualTo(TRACE_ID);
    assertThat(request.parentId()).isEqualTo(PARENT_ID);
    assertThat(named("job.claim", of(job, spans)).parentId()).isEqualTo(submit.spanId());
    assertThat(run.parentId()).isEqualTo(submit.spanId());
    assertThat(run.service()).isEqualTo("muster-agent");
    assertThat(run.attributes()).containsEntry("muster.job.outcome", "completed");
    assertThat(submit.service()).isEqualTo("muster-server");
    assertThat(spans)
        .filteredOn(span -> span.parentId().equals(run.spanId()))
        .extracting(Exported::name)
        .containsOnly("POST /api/v1/platform-agent/jobs/{id}/status");

    assertThat(COLLECTOR.hasSeen(COLLECTORS)).as("a search that can find").isTrue();
    assertThat(COLLECTOR.hasSeen(job)).as("a search that can find").isTrue();
    for (String secret :
        Set.of(ARGUMENT, RESULT, SECRET, acme.api().token(), ServerProcess.ADMIN_TOKEN)) {
      assertThat(COLLECTOR.hasSeen(secret)).as(secret).isFalse();
    }
    assertThat(agent.log() + server.program().log()).doesNotContain(COLLECTORS);
  }

  private static Exported named(String name, List<Exported> spans) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void with_the_collector_away_jobs_are_done_all_the_same() throws Exception {
    Map<String, String> nobody =
        Map.of("OTEL_ENABLED", "true", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
    agent("alone", nobody).awaitOnline(operator);

    String job = submit("alone", TRACE);

    acme.awaitStatus(job, "completed", RUNNING);
  }

  @Test
  void an_agent_that_traces_nothing_loads_nothing_of_it() throws Exception {
    AgentProcess agent = agent("quiet", Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load=info"));
    agent.awaitOnline(operator);

    String job = submit("quiet", TRACE);

    acme.awaitStatus(job, "completed", RUNNING);
    assertThat(agent.log()).contains("dev.muster.agent.tracing.RunTraces");
    assertThat(agent.log()).doesNotContain("io.opentelemetry");
  }
}

package dev.muster.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.LogStream;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.fake.Seen;
import dev.muster.domain.credential.Secret;
import dev.muster.tracing.Tracing;
import dev.muster.tracing.TracingForms;
import dev.muster.tracing.TracingSettings;
import dev.muster.tracing.fake.Exported;
import dev.muster.tracing.fake.FakeCollector;
import dev.muster.tracing.otlp.OtlpTracing;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracedRunTest {
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACE = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";
  private static final String CANARY = "s3cret-canary";

  private FakeServer server;
  private FakeCollector collector;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer();
    collector = new FakeCollector();
  }

  @AfterEach
  void stop() {
    server.close();
    collector.close();
  }

  private Tracing tracing() {
    return OtlpTracing.start(
        new TracingSettings(
            TracingForms.endpoint(collector.endpoint().toString()),
            Map.of("x-key", Secret.of("for-the-collector")),
            "muster-agent",
            Map.of(),
            1),
        "1.2.3",
        HttpClient.newHttpClient());
  }

  private static List<String> traces(List<Seen> calls) {
    return calls.stream().map(call -> call.headers().getFirst("traceparent")).toList();
  }

  @Test
  void a_jobs_run_is_a_span_of_its_trace_and_what_is_said_of_it_goes_on_below() throws Exception {
    server.submitIn(TRACE, JOB);
    try (Tracing tracing = tracing();
        RunningAgent agent = RunningAgent.traced(server, tracing)) {
      agent.work.awaitStart(JOB).logLine(LogStream.STDOUT, "a line");
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");
    }

    Exported span = collector.await(all -> !all.isEmpty()).getFirst();
    assertThat(span.name()).isEqualTo("job.run");
    assertThat(span.traceId()).isEqualTo(TRACE_ID);
    assertThat(span.parentId()).isEqualTo("00f067aa0ba902b7");
    assertThat(span.failed()).isFalse();
    assertThat(span.attributes())
        .isEqualTo(
            Map.of(
                "muster.job.id", JOB,
                "muster.job.attempt", "1",
                "muster.job.type", "scan",
                "muster.job.outcome", "completed",
                "muster.tenant.id", "018f0000-0000-7000-8000-00000000000a",
                "muster.tenant.slug", "acme"));
    String below = "00-" + TRACE_ID + "-" + span.spanId() + "-01";
    assertThat(traces(server.seen("status"))).hasSizeGreaterThan(1).containsOnly(below);
    assertThat(traces(server.seen("logs"))).isNotEmpty().containsOnly(below);
    assertThat(traces(server.seen("claim"))).containsOnly((String) null);
  }

  @Test
  void a_failure_is_told_by_its_class_alone() throws Exception {
    server.submitIn(TRACE, JOB);
    try (Tracing tracing = tracing();
        RunningAgent agent = RunningAgent.traced(server, tracing)) {
      agent.work.finish(JOB, new ConnectorOutcome.Failed("tool_failed", CANARY, false));
      server.awaitStatus(JOB, "failed");
    }

    Exported span = collector.await(all -> !all.isEmpty()).getFirst();
    assertThat(span.failed()).isTrue();
    assertThat(span.attributes())
        .containsEntry("error.type", "tool_failed")
        .containsEntry("muster.job.outcome", "failed");
    assertThat(collector.hasSeen("tool_failed")).as("a search that can find").isTrue();
    assertThat(collector.hasSeen(CANARY)).isFalse();
  }

  @Test
  void what_a_connector_calls_its_failure_is_no_message() throws Exception {
    server.submitIn(TRACE, JOB);
    try (Tracing tracing = tracing();
        RunningAgent agent = RunningAgent.traced(server, tracing)) {
      agent.work.finish(JOB, new ConnectorOutcome.Failed("Not: " + CANARY, "x", false));
      server.awaitStatus(JOB, "failed");
    }

    assertThat(collector.await(all -> !all.isEmpty()).getFirst().attributes())
        .containsEntry("error.type", "other");
    assertThat(collector.hasSeen(CANARY)).isFalse();
  }

  @Test
  void a_job_without_a_trace_begins_one() throws Exception {
    server.submit(JOB, 1, 60);
    try (Tracing tracing = tracing();
        RunningAgent agent = RunningAgent.traced(server, tracing)) {
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");
    }

    Exported span = collector.await(all -> !all.isEmpty()).getFirst();
    assertThat(span.parentId()).isEmpty();
    assertThat(traces(server.seen("status")))
        .containsOnly("00-" + span.traceId() + "-" + span.spanId() + "-03");
  }

  @Test
  void where_nothing_is_traced_a_trace_goes_back_as_it_came() throws Exception {
    server.submitIn(TRACE, JOB);
    try (RunningAgent agent = RunningAgent.traced(server, Tracing.NONE)) {
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");
    }

    assertThat(traces(server.seen("status"))).containsOnly(TRACE);
  }

  @Test
  void what_is_no_trace_costs_no_job() throws Exception {
    server.submitIn("nonsense", JOB);
    try (RunningAgent agent = RunningAgent.traced(server, Tracing.NONE)) {
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");
    }

    assertThat(traces(server.seen("status"))).containsOnly((String) null);
  }

  @Test
  void a_collector_that_hangs_holds_no_job() throws Exception {
    collector.hang();
    server.submitIn(TRACE, JOB);
    try (Tracing tracing = tracing();
        RunningAgent agent = RunningAgent.traced(server, tracing)) {
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");
    }

    assertThat(server.seen("status")).isNotEmpty();
  }
}

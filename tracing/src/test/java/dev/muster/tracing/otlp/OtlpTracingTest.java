package dev.muster.tracing.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.tracing.Span.Kind;
import dev.muster.tracing.TracingForms;
import dev.muster.tracing.TracingSettings;
import dev.muster.tracing.fake.Exported;
import dev.muster.tracing.fake.FakeCollector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpTracingTest {
  private static final TraceParent PARENT =
      new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1);

  private final FakeCollector collector = new FakeCollector();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.shutdownNow();
    collector.close();
  }

  private OtlpTracing tracing(double ratio) {
    return OtlpTracing.start(
        new TracingSettings(
            TracingForms.endpoint(collector.endpoint().toString()),
            Map.of("x-api-key", Secret.of("let me in")),
            "muster-test",
            Map.of("deployment.environment.name", "test"),
            ratio),
        "1.2.3",
        client);
  }

  @Test
  void a_span_reaches_the_collector_with_all_that_was_said_of_it() throws Exception {
    Instant since = Instant.parse("2026-01-01T00:00:00Z");
    try (OtlpTracing tracing = tracing(1)) {
      tracing
          .begin(Kind.CONSUMER, "job.run", PARENT, since)
          .with("muster.job.id", "j")
          .with("muster.job.attempt", 2)
          .failed("timeout")
          .end(since.plusSeconds(3));
    }

    List<Exported> spans = collector.await(all -> all.size() == 1);
    Exported span = spans.getFirst();
    assertThat(span.service()).isEqualTo("muster-test");
    assertThat(span.resource())
        .containsEntry("service.version", "1.2.3")
        .containsEntry("deployment.environment.name", "test");
    assertThat(span.name()).isEqualTo("job.run");
    assertThat(span.kind()).isEqualTo(5);
    assertThat(span.traceId()).isEqualTo(PARENT.traceId());
    assertThat(span.parentId()).isEqualTo(PARENT.spanId());
    assertThat(span.took()).isEqualTo(Duration.ofSeconds(3));
    assertThat(span.failed()).isTrue();
    assertThat(span.attributes())
        .isEqualTo(
            Map.of("muster.job.id", "j", "muster.job.attempt", "2", "error.type", "timeout"));
    assertThat(collector.header("Content-Type")).isEqualTo("application/x-protobuf");
    assertThat(collector.header("X-Api-Key")).isEqualTo("let me in");
  }

  @Test
  void what_goes_on_below_a_span_is_part_of_its_trace() throws Exception {
    try (OtlpTracing tracing = tracing(1)) {
      var above = tracing.begin(Kind.SERVER, "above", null);
      tracing.begin(Kind.INTERNAL, "below", above.context()).end();
      above.end();
    }

    List<Exported> spans = collector.await(all -> all.size() == 2);
    Exported below = spans.getFirst();
    Exported above = spans.getLast();
    assertThat(above.parentId()).isEmpty();
    assertThat(below.parentId()).isEqualTo(above.spanId());
    assertThat(below.traceId()).isEqualTo(above.traceId());
  }

  @Test
  void spans_are_sent_before_anybody_stops() throws Exception {
    try (OtlpTracing tracing = tracing(1)) {
      tracing.begin(Kind.SERVER, "one", null).end();

      assertThat(collector.await(all -> all.size() == 1)).isNotEmpty();
    }
  }

  @Test
  void a_trace_that_is_not_recorded_elsewhere_is_not_recorded_here() {
    try (OtlpTracing tracing = tracing(1)) {
      var span =
          tracing.begin(Kind.SERVER, "one", new TraceParent(PARENT.traceId(), PARENT.spanId(), 0));
      span.end();

      assertThat(span.context().traceId()).isEqualTo(PARENT.traceId());
      assertThat(span.context().toString()).endsWith("-00");
    }
    assertThat(collector.requests()).isZero();
  }

  @Test
  void of_the_traces_that_begin_here_only_a_part_is_recorded() throws Exception {
    try (OtlpTracing tracing = tracing(0)) {
      tracing.begin(Kind.SERVER, "not this one", null).end();
      tracing.begin(Kind.SERVER, "begun elsewhere", PARENT).end();
    }

    assertThat(collector.await(all -> !all.isEmpty()))
        .extracting(Exported::name)
        .containsExactly("begun elsewhere");
  }

  @Test
  void long_texts_are_cut() throws Exception {
    try (OtlpTracing tracing = tracing(1)) {
      tracing.begin(Kind.SERVER, "one", null).with("long", "x".repeat(10_000)).end();
    }

    assertThat(collector.await(all -> !all.isEmpty()).getFirst().attributes().get("long"))
        .hasSize(256);
  }

  @Test
  void a_collector_that_comes_back_gets_what_ended_meanwhile() throws Exception {
    collector.answerWith(503);
    try (OtlpTracing tracing = tracing(1)) {
      tracing.begin(Kind.SERVER, "one", null).end();
      while (collector.requests() == 0) {
        Thread.onSpinWait();
      }
      collector.answerWith(200);

      assertThat(collector.await(all -> all.size() == 1)).isNotEmpty();
    }
  }

  @Test
  void a_collector_that_hangs_holds_nobody() {
    collector.hang();
    OtlpTracing tracing = tracing(1);
    long begun = System.nanoTime();

    for (int i = 0; i < 3 * SpanQueue.ROOM; i++) {
      tracing.begin(Kind.SERVER, "one", null).end();
    }
    tracing.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void a_collector_that_is_away_holds_nobody() {
    collector.close();
    OtlpTracing tracing = tracing(1);
    long begun = System.nanoTime();

    tracing.begin(Kind.SERVER, "one", null).end();
    tracing.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
  }
}

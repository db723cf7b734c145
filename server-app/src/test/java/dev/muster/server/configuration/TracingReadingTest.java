package dev.muster.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import dev.muster.tracing.TracingSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingReadingTest {
  @TempDir Path folder;

  private Reading on() {
    return Reading.embedded(folder).variable("OTEL_ENABLED", "true");
  }

  @Test
  void where_it_is_off_whatever_a_host_sets_is_let_be() {
    Reading reading =
        Reading.embedded(folder)
            .variable("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
            .variable("OTEL_SERVICE_NAME", "something");

    assertThat(reading.valid().tracing()).isEmpty();
    assertThat(reading.valid().notices())
        .containsExactly("OTEL_EXPORTER_OTLP_PROTOCOL has no effect without OTEL_ENABLED=true");
  }

  @Test
  void a_collector_on_this_host_is_the_usual_one() {
    assertThat(on().valid().tracing())
        .contains(
            new TracingSettings(
                URI.create("http://localhost:4318/v1/traces"),
                Map.of(),
                "muster-server",
                Map.of(),
                1.0));
  }

  @Test
  void every_setting_arrives_where_it_belongs() {
    TracingSettings all =
        on().variable("OTEL_SERVICE_NAME", "control-plane")
            .variable("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=prod")
            .variable("OTEL_SAMPLE_RATIO", "0.25")
            .variable("OTEL_EXPORTER_OTLP_ENDPOINT", "https://otlp.example.com")
            .variable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .file("headers", "authorization=Bearer%20s3cr3t\n")
            .variable("OTEL_EXPORTER_OTLP_HEADERS_FILE", "headers")
            .valid()
            .tracing()
            .orElseThrow();

    assertThat(all)
        .isEqualTo(
            new TracingSettings(
                URI.create("https://otlp.example.com/v1/traces"),
                Map.of("authorization", Secret.of("Bearer s3cr3t")),
                "control-plane",
                Map.of("deployment.environment.name", "prod"),
                0.25));
    assertThat(all.toString()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OTEL_EXPORTER_OTLP_ENDPOINT | collector:4318",
        "OTEL_EXPORTER_OTLP_PROTOCOL | grpc",
        "OTEL_EXPORTER_OTLP_HEADERS  | nonsense",
        "OTEL_RESOURCE_ATTRIBUTES    | nonsense",
        "OTEL_SAMPLE_RATIO           | 2",
      })
  void what_has_another_form_is_refused(String variable, String value) {
    assertThat(on().variable(variable, value).problem()).startsWith(variable + ": must be");
  }

  @Test
  void headers_are_not_sent_in_the_clear() {
    assertThat(
            on().variable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318")
                .variable("OTEL_EXPORTER_OTLP_HEADERS", "authorization=s3cr3t")
                .problem())
        .startsWith("OTEL_EXPORTER_OTLP_HEADERS: would be sent over plain http")
        .doesNotContain("s3cr3t");
  }

  @Test
  void what_the_exporter_does_not_know_is_noted() {
    assertThat(on().variable("OTEL_EXPORTER_OTLP_TIMEOUT", "5000").valid().notices())
        .containsExactly("OTEL_EXPORTER_OTLP_TIMEOUT has no effect");
  }
}

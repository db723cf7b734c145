package dev.muster.agent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import dev.muster.tracing.TracingSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracingReadingTest {
  private final Problems problems = new Problems();

  @TempDir private Path folder;

  private Optional<TracingSettings> read(
      String file, Map<String, String> environment, Map<Setting, String> flags) {
    var parsed = ConfigurationFile.parse(file, "agent.yaml", problems);
    return ConfigurationReading.read(new Sources(flags, environment, parsed), problems).tracing();
  }

  @Test
  void where_it_is_off_whatever_a_host_sets_is_let_be() {
    assertThat(read("", Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), Map.of())).isEmpty();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void defaults_are_those_of_the_documentation() {
    assertThat(read("", Map.of("OTEL_ENABLED", "true"), Map.of()))
        .contains(
            new TracingSettings(
                URI.create("http://localhost:4318/v1/traces"),
                Map.of(),
                "muster-agent",
                Map.of(),
                1.0));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void every_setting_is_read_from_the_file() throws Exception {
    Path headers = Files.writeString(folder.resolve("headers"), "authorization=Bearer s3cr3t\n");

    Optional<TracingSettings> read =
        read(
            """
            otel:
              enabled: true
              service-name: scanner
              resource-attributes: "team=core,zone=a"
              sample-ratio: 0.5
              endpoint: https://otlp.example.com
              headers-file: %s
              protocol: http/protobuf
            """
                .formatted(headers),
            Map.of(),
            Map.of());

    assertThat(problems.list()).isEmpty();
    assertThat(read)
        .contains(
            new TracingSettings(
                URI.create("https://otlp.example.com/v1/traces"),
                Map.of("authorization", Secret.of("Bearer s3cr3t")),
                "scanner",
                Map.of("team", "core", "zone", "a"),
                0.5));
  }

  @Test
  void a_flag_beats_the_environment_which_beats_the_file() {
    Optional<TracingSettings> read =
        read(
            "otel: {enabled: true, service-name: of-the-file, sample-ratio: 0.1}",
            Map.of("OTEL_SAMPLE_RATIO", "0.2", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://there"),
            Map.of(Setting.OTEL_ENDPOINT, "http://here"));

    assertThat(problems.list()).isEmpty();
    assertThat(read.orElseThrow().serviceName()).isEqualTo("of-the-file");
    assertThat(read.orElseThrow().ratio()).isEqualTo(0.2);
    assertThat(read.orElseThrow().traces()).isEqualTo(URI.create("http://here/v1/traces"));
  }

  @Test
  void all_problems_are_reported_together_and_no_secret_with_them() {
    read(
        "otel: {enabled: true, protocol: grpc, sample-ratio: 7, endpoint: there}",
        Map.of(
            "OTEL_EXPORTER_OTLP_HEADERS", "s3cr3t",
            "OTEL_RESOURCE_ATTRIBUTES", "nonsense"),
        Map.of());

    assertThat(problems.list())
        .extracting(Problems.Problem::toString)
        .hasSize(5)
        .anyMatch(each -> each.contains("path=otel.protocol"))
        .anyMatch(each -> each.contains("path=otel.sample-ratio"))
        .anyMatch(each -> each.contains("path=otel.endpoint"))
        .anyMatch(each -> each.contains("path=OTEL_RESOURCE_ATTRIBUTES"))
        .anyMatch(each -> each.contains("path=OTEL_EXPORTER_OTLP_HEADERS"))
        .noneMatch(each -> each.contains("s3cr3t"));
  }

  @Test
  void headers_are_given_once_and_not_sent_in_the_clear() {
    read(
        "otel: {enabled: true, endpoint: 'http://collector:4318'}",
        Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization=s3cr3t"),
        Map.of());
    read(
        "otel: {enabled: true, headers-file: headers}",
        Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization=s3cr3t"),
        Map.of());
    read("otel: {enabled: true, headers-file: not-there}", Map.of(), Map.of());

    assertThat(problems.list())
        .extracting(Problems.Problem::toString)
        .hasSize(3)
        .noneMatch(each -> each.contains("s3cr3t"));
  }
}

package dev.muster.server.configuration;

import dev.muster.domain.credential.Secret;
import dev.muster.tracing.TracingForms;
import dev.muster.tracing.TracingSettings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Reads what is traced. Where nothing is, whatever a host says of it to all programs is let be. */
final class TracingReading {
  private final Settings settings;
  private final Problems problems;

  TracingReading(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  Optional<TracingSettings> read() {
    return settings.isOn(Setting.OTEL_ENABLED) ? Optional.of(on()) : Optional.empty();
  }

  private TracingSettings on() {
    settings.find(Setting.OTEL_PROTOCOL, TracingForms::protocol);
    URI endpoint =
        settings
            .find(Setting.OTEL_ENDPOINT, TracingForms::endpoint)
            .orElseGet(() -> TracingForms.endpoint(TracingForms.USUAL_ENDPOINT));
    return new TracingSettings(
        endpoint,
        headers(endpoint),
        settings.find(Setting.OTEL_SERVICE_NAME, TracingForms::serviceName).orElse("muster-server"),
        settings.find(Setting.OTEL_RESOURCE_ATTRIBUTES, TracingForms::attributes).orElse(Map.of()),
        settings.find(Setting.OTEL_SAMPLE_RATIO, TracingForms::ratio).orElse(1.0));
  }

  private Map<String, Secret> headers(URI endpoint) {
    Map<String, Secret> headers =
        settings
            .parsed(settings.secretAt(Setting.OTEL_HEADERS), TracingForms::headers)
            .orElse(Map.of());
    try {
      TracingForms.refuseHeadersInTheClear(endpoint, headers);
    } catch (IllegalArgumentException refusal) {
      problems.add(Setting.OTEL_HEADERS, String.valueOf(refusal.getMessage()));
    }
    return headers;
  }
}

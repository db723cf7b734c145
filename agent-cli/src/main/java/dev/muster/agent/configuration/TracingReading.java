package dev.muster.agent.configuration;

import dev.muster.agent.configuration.Sources.Found;
import dev.muster.domain.credential.Secret;
import dev.muster.tracing.TracingForms;
import dev.muster.tracing.TracingSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what is traced. Where nothing is, whatever a host says of it to all programs is let be. */
final class TracingReading {
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final int MOST_BYTES = 64 * 1024;

  private final Sources sources;
  private final SettingsReader reader;
  private final Problems problems;

  TracingReading(Sources sources, SettingsReader reader, Problems problems) {
    this.sources = sources;
    this.reader = reader;
    this.problems = problems;
  }

  Optional<TracingSettings> read() {
    return reader.flag(Setting.OTEL_ENABLED) ? Optional.of(on()) : Optional.empty();
  }

  private TracingSettings on() {
    parsed(reader.found(Setting.OTEL_PROTOCOL), TracingForms::protocol);
    URI endpoint =
        parsed(reader.found(Setting.OTEL_ENDPOINT), TracingForms::endpoint)
            .orElseGet(() -> TracingForms.endpoint(TracingForms.USUAL_ENDPOINT));
    return new TracingSettings(
        endpoint,
        headers(endpoint),
        parsed(reader.found(Setting.OTEL_SERVICE_NAME), TracingForms::serviceName)
            .orElse("muster-agent"),
        parsed(reader.found(Setting.OTEL_RESOURCE_ATTRIBUTES), TracingForms::attributes)
            .orElse(Map.of()),
        parsed(reader.found(Setting.OTEL_SAMPLE_RATIO), TracingForms::ratio).orElse(1.0));
  }

  private Map<String, Secret> headers(URI endpoint) {
    Optional<Found> found = headers();
    Optional<Map<String, Secret>> headers = parsed(found, TracingForms::headers);
    parsed(
        found.filter(any -> headers.isPresent()),
        any -> {
          TracingForms.refuseHeadersInTheClear(endpoint, headers.orElseThrow());
          return any;
        });
    return headers.orElse(Map.of());
  }

  /** From the environment or a file, never from the command line. */
  private Optional<Found> headers() {
    Optional<Found> file = reader.found(Setting.OTEL_HEADERS_FILE);
    boolean fromFlag = sources.flags().containsKey(Setting.OTEL_HEADERS_FILE);
    Optional<String> value = sources.variable(HEADERS).filter(any -> !fromFlag);
    if (value.isPresent() && file.isPresent()) {
      problems.add(HEADERS, "is given twice, also by " + file.get().place());
      return Optional.empty();
    }
    return value.isPresent()
        ? value.map(text -> new Found(text, HEADERS))
        : file.flatMap(this::content);
  }

  private Optional<Found> content(Found file) {
    try (InputStream in = Files.newInputStream(Path.of(file.value()))) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      return Optional.of(
          new Found(new String(bytes, StandardCharsets.UTF_8).strip(), file.place()));
    } catch (IOException | IllegalArgumentException unreadable) {
      problems.add(file.place(), "cannot be read");
      return Optional.empty();
    }
  }

  private <T> Optional<T> parsed(Optional<Found> found, Function<String, T> parse) {
    return found.flatMap(given -> {
      try {
        return Optional.of(parse.apply(given.value()));
      } catch (IllegalArgumentException refusal) {
        problems.add(given.place(), String.valueOf(refusal.getMessage()));
        return Optional.empty();
      }
    });
  }
}

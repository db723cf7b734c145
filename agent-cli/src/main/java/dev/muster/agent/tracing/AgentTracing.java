package dev.muster.agent.tracing;

import dev.muster.agent.journal.Journal;
import dev.muster.tracing.Tracing;
import dev.muster.tracing.TracingSettings;
import dev.muster.tracing.otlp.OtlpTracing;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.Supplier;

/** Tracing, as the agent's operator wants it. */
public final class AgentTracing {
  private static final Journal JOURNAL = Journal.of("tracing");

  private AgentTracing() {}

  /**
   * Begins to trace, where that is wanted. Close it after use.
   *
   * @param version the agent's own
   * @param client makes one that reaches the collector
   */
  public static Tracing start(
      Optional<TracingSettings> settings, String version, Supplier<HttpClient> client) {
    if (settings.isEmpty()) {
      return Tracing.NONE;
    }
    JOURNAL.info("tracing", "to", settings.get().traces());
    return OtlpTracing.start(settings.get(), version, client.get());
  }
}

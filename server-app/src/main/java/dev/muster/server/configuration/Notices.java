package dev.muster.server.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is set to no effect. Not wrong, but its owner may believe otherwise. */
final class Notices {
  private static final String TELEMETRY = "OTEL_EXPORTER_OTLP_";

  private static final Set<String> KNOWN =
      Set.of(
          Setting.OTEL_ENDPOINT.variable(),
          Setting.OTEL_PROTOCOL.variable(),
          Setting.OTEL_HEADERS.variable(),
          Setting.OTEL_HEADERS.fileVariable());

  private Notices() {}

  static List<String> in(Sources sources, Settings settings) {
    List<String> notices = new ArrayList<>();
    boolean tracing = settings.isOn(Setting.OTEL_ENABLED);
    // Platforms set these for every program of a host, so they are no reason to refuse.
    sources.environment().keySet().stream()
        .filter(name -> name.startsWith(TELEMETRY) && !(tracing && KNOWN.contains(name)))
        .sorted()
        .forEach(name ->
            notices.add(
                KNOWN.contains(name)
                    ? name + " has no effect without OTEL_ENABLED=true"
                    : name + " has no effect"));
    if (settings.isGiven(Setting.TRUSTED_HOPS) && !settings.isGiven(Setting.TRUSTED_PROXIES)) {
      notices.add(
          "MUSTER_TRUSTED_HOPS without MUSTER_TRUSTED_PROXIES believes everybody who can reach the"
              + " port about the caller's address");
    }
    if (settings.isGiven(Setting.PROXY_SECRET) && !settings.isGiven(Setting.TRUSTED_PROXIES)) {
      notices.add("MUSTER_PROXY_SECRET has no effect without MUSTER_TRUSTED_PROXIES");
    }
    if (settings.isGiven(Setting.LOCAL_AGENT_KEY) && !settings.isOn(Setting.LOCAL_MODE)) {
      notices.add("LOCAL_AGENT_KEY has no effect without LOCAL_MODE=true");
    }
    return notices;
  }
}

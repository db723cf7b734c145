package dev.muster.server.configuration;

import java.util.ArrayList;
import java.util.List;

/** What is set to no effect. Not wrong, but its owner may believe otherwise. */
final class Notices {
  private static final String TELEMETRY = "OTEL_EXPORTER_OTLP_";

  /** Read and checked, so that a configuration is ready for the version that heeds them. */
  private static final List<Setting> NOT_YET =
      List.of(Setting.RATE_LIMIT, Setting.TRUSTED_PROXIES, Setting.PROXY_SECRET);

  private Notices() {}

  static List<String> in(Sources sources, Settings settings) {
    List<String> notices = new ArrayList<>();
    // Platforms set these for every program of a host, so they are no reason to refuse.
    sources.environment().keySet().stream()
        .filter(name -> name.startsWith(TELEMETRY))
        .sorted()
        .forEach(name -> notices.add(name + " has no effect: telemetry is not supported yet"));
    NOT_YET.stream()
        .filter(settings::isGiven)
        .forEach(each -> notices.add(each.variable() + " has no effect in this version yet"));
    if (settings.isGiven(Setting.LOCAL_AGENT_KEY) && !settings.isOn(Setting.LOCAL_MODE)) {
      notices.add("LOCAL_AGENT_KEY has no effect without LOCAL_MODE=true");
    }
    return notices;
  }
}

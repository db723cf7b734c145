package dev.muster.agent.connector.http;

import dev.muster.agent.connector.Connector;
import dev.muster.agent.connector.ConnectorEnvironment;
import dev.muster.agent.connector.ConnectorProvider;
import dev.muster.agent.connector.ConnectorSettings;
import dev.muster.agent.vault.HostRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes the {@code http} connector. */
public final class HttpConnectorProvider implements ConnectorProvider {
  static final String NAME = "http";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final long RESPONSE_BYTES = 1024 * 1024;
  private static final long MOST_RESPONSE_BYTES = 2 * 1024 * 1024;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Connector create(ConnectorSettings settings, ConnectorEnvironment environment) {
    HttpLimits limits =
        new HttpLimits(
            hosts(settings),
            methods(settings),
            (int)
                settings.number("response-limit-bytes", RESPONSE_BYTES, 1_024, MOST_RESPONSE_BYTES),
            settings.seconds("time-limit-seconds", Duration.ofSeconds(60), Duration.ofDays(1)));
    return new HttpConnector(limits, environment.tls(), environment.route(), environment.clock());
  }

  private static List<HostRule> hosts(ConnectorSettings settings) {
    List<HostRule> hosts = new ArrayList<>();
    for (String text : settings.texts("hosts")) {
      HostRule.parse(text)
          .filter(rule -> rule.scheme().equals("https") || rule.scheme().equals("http"))
          .ifPresentOrElse(
              hosts::add, () -> settings.problem("hosts", "not [http[s]://]host[:port]: " + text));
    }
    return hosts;
  }

  private static Set<String> methods(ConnectorSettings settings) {
    Set<String> methods = new TreeSet<>(settings.texts("methods"));
    for (String method : methods) {
      if (!METHODS.contains(method)) {
        settings.problem("methods", "must be among " + new TreeSet<>(METHODS));
      }
    }
    return methods.isEmpty() ? Set.of("GET", "HEAD") : methods;
  }
}

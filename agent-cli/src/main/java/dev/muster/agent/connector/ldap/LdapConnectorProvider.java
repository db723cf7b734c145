package dev.muster.agent.connector.ldap;

import dev.muster.agent.connector.Connector;
import dev.muster.agent.connector.ConnectorEnvironment;
import dev.muster.agent.connector.ConnectorProvider;
import dev.muster.agent.connector.ConnectorSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the {@code ldap} connector. */
public final class LdapConnectorProvider implements ConnectorProvider {
  static final String NAME = "ldap";

  private static final int ENTRIES = 1_000;
  private static final int MOST_ENTRIES = 10_000;
  private static final int PAGE = 200;
  private static final int MOST_PAGE = 1_000;
  private static final int BYTES = 1024 * 1024;
  private static final int MOST_BYTES = 2 * 1024 * 1024;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Connector create(ConnectorSettings settings, ConnectorEnvironment environment) {
    LdapLimits limits =
        new LdapLimits(
            servers(settings),
            (int) settings.number("entry-limit", ENTRIES, 1, MOST_ENTRIES),
            (int) settings.number("page-size", PAGE, 1, MOST_PAGE),
            (int) settings.number("response-limit-bytes", BYTES, 1_024, MOST_BYTES),
            settings.seconds("time-limit-seconds", Duration.ofSeconds(60), Duration.ofDays(1)));
    return new LdapConnector(limits, environment.tls(), environment.clock());
  }

  private static Map<String, LdapServer> servers(ConnectorSettings settings) {
    Map<String, LdapServer> servers = new LinkedHashMap<>();
    settings
        .children("servers")
        .forEach((name, server) -> {
          try (server) {
            servers.put(name, LdapServerReader.read(name, server));
          }
        });
    return servers;
  }
}

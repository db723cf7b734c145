package dev.muster.agent.command;

import dev.muster.agent.configuration.AgentConfiguration;
import dev.muster.agent.configuration.ServerAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Where scripts call the server in their tenant's name, if that is another host than its own. */
final class TenantHostCheck {
  private static final String WHAT = "tenant host";

  private TenantHostCheck() {}

  static Optional<Finding> of(AgentConfiguration configuration, HttpClient client)
      throws InterruptedException {
    ServerAddress server = configuration.server();
    Optional<String> suffix = server.tenantHostSuffix();
    if (suffix.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> address = server.tenantHosts().of(configuration.offer().tenant());
    return address.isEmpty()
        ? Optional.of(Finding.unknown(WHAT, "a tenant's slug and " + suffix.get()))
        : Optional.of(tried(server.at(address.get()), client));
  }

  private static Finding tried(ServerAddress tenant, HttpClient client)
      throws InterruptedException {
    List<Finding> way = new ServerCheck(tenant, client, InstantSource.system().instant()).run();
    return way.stream()
        .filter(found -> found.code() != ExitCode.OK)
        .findFirst()
        .map(found -> Finding.failed(WHAT, found.detail(), found.code()))
        .orElseGet(() -> Finding.ok(WHAT, tenant.url() + " is the server"));
  }
}

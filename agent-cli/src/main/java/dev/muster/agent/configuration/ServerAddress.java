package dev.muster.agent.configuration;

import dev.muster.agent.network.ClientFiles;
import dev.muster.agent.network.Route;
import dev.muster.agent.network.TenantHosts;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server and the way to it.
 *
 * @param url scheme, host and port only
 * @param caFile certificates to trust beside the usual ones; null for none
 * @param client the agent's own certificate, shown to the server only; empty for none
 * @param route how https leaves this host, to the server and to those that jobs reach
 * @param tenantHostSuffix what follows a tenant's slug in the host name at which the server is
 *     called in that tenant's name; empty where that is the server's own
 */
public record ServerAddress(
    URI url,
    @Nullable Path caFile,
    Optional<ClientFiles> client,
    Route route,
    Optional<String> tenantHostSuffix) {

  /** Where the server is called in a tenant's name. */
  public TenantHosts tenantHosts() {
    return new TenantHosts(url, tenantHostSuffix);
  }

  /** The same way to the server under another of its names. */
  public ServerAddress at(URI other) {
    return new ServerAddress(other, caFile, client, route, tenantHostSuffix);
  }

  /** Whether the server is on this host. */
  public boolean isLoopback() {
    return Addresses.isLoopback(url.getHost());
  }
}

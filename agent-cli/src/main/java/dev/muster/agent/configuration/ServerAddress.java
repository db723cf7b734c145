package dev.muster.agent.configuration;

import dev.muster.agent.network.ClientFiles;
import dev.muster.agent.network.Route;
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
 */
public record ServerAddress(
    URI url, @Nullable Path caFile, Optional<ClientFiles> client, Route route) {

  /** Whether the server is on this host. */
  public boolean isLoopback() {
    return Addresses.isLoopback(url.getHost());
  }
}

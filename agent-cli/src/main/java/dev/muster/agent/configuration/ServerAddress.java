package dev.muster.agent.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server and the way to it.
 *
 * @param url scheme, host and port only
 * @param caFile certificates to trust beside the usual ones; null for none
 * @param proxy the proxy for https; null for none
 * @param noProxy hosts, domains ({@code .example.com}) or {@code *} that go without it
 */
public record ServerAddress(
    URI url, @Nullable Path caFile, @Nullable URI proxy, List<String> noProxy) {
  /** Copies the list. */
  public ServerAddress {
    noProxy = List.copyOf(noProxy);
  }

  /** Whether the server is on this host. */
  public boolean isLoopback() {
    return Addresses.isLoopback(url.getHost());
  }
}

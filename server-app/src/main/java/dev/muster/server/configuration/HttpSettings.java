package dev.muster.server.configuration;

import dev.muster.domain.credential.Secret;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the server listens, and what stands before it.
 *
 * @param host an address or name of this machine
 * @param port 0 for any that is free
 * @param grpcPort 0 for any that is free; empty: no gRPC
 * @param maxConnections beyond it none is accepted until others end; of HTTP and gRPC each
 * @param trustedProxies whose headers about the client are believed
 * @param trustedHops which entry of X-Forwarded-For, counted from the right, is the client; 0: the
 *     socket's address
 * @param proxySecret what a trusted proxy must send along; empty: no proxy is believed anything
 *     about certificates
 */
public record HttpSettings(
    String host,
    int port,
    OptionalInt grpcPort,
    int maxConnections,
    List<AddressRange> trustedProxies,
    int trustedHops,
    Optional<Secret> proxySecret) {
  /** Copies the list. */
  public HttpSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** Whether a connection comes from a trusted proxy. */
  public boolean isTrustedProxy(InetAddress address) {
    return trustedProxies.stream().anyMatch(range -> range.contains(address));
  }
}

package dev.muster.agent.network;

import dev.muster.domain.credential.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A proxy on the way out. Immutable; it shows its address only, never who the agent is to it.
 *
 * @param address {@code http://host:port}, without a user
 * @param authorization what the agent says of itself to the proxy; empty for nothing
 */
public record ForwardProxy(URI address, Optional<Secret> authorization) {

  /** A proxy that asks for nothing. */
  public static ForwardProxy open(URI address) {
    return new ForwardProxy(address, Optional.empty());
  }

  /** A proxy that asks for a user, who has no colon in its name, and a password. */
  public static ForwardProxy basic(URI address, String user, Secret password) {
    byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getEncoder().encodeToString(pair);
    return new ForwardProxy(address, Optional.of(Secret.of("Basic " + encoded)));
  }

  /** The host, a name or an address without brackets. */
  public String host() {
    return DirectHost.bare(address.getHost());
  }

  /** Resolved at each connection, so that a proxy may move. */
  Proxy asJava() {
    return new Proxy(
        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host(), address.getPort()));
  }

  @Override
  public String toString() {
    return address.toString();
  }
}

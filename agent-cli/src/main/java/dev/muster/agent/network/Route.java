package dev.muster.agent.network;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How requests leave this host: https through the proxy, where there is one and the host is not
 * among those that are reached without it; everything else directly. Immutable.
 *
 * @param proxy for https; empty for none
 * @param direct who is reached without it
 */
public record Route(Optional<ForwardProxy> proxy, List<DirectHost> direct) {
  /** Without any proxy. */
  public static final Route DIRECT = new Route(Optional.empty(), List.of());

  private static final int HTTPS = 443;

  /** Copies the list. */
  public Route {
    direct = List.copyOf(direct);
  }

  /** The proxy that a request for that address goes through; empty if it goes through none. */
  public Optional<ForwardProxy> proxyFor(URI address) {
    if (!"https".equalsIgnoreCase(address.getScheme())) {
      return Optional.empty();
    }
    int port = address.getPort() < 0 ? HTTPS : address.getPort();
    return proxy.filter(
        any -> direct.stream().noneMatch(each -> each.covers(address.getHost(), port)));
  }

  ProxySelector selector() {
    return new Selector(this);
  }

  private static final class Selector extends ProxySelector {
    private final Route route;

    private Selector(Route route) {
      this.route = route;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(route.proxyFor(uri).map(ForwardProxy::asJava).orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // The call itself fails and is retried; there is no other proxy to turn to.
    }
  }
}

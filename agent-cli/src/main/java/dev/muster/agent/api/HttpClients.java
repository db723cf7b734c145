package dev.muster.agent.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Makes the client with which the agent reaches its server. */
public final class HttpClients {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private HttpClients() {}

  /**
   * A client that speaks TLS 1.2 or newer only and follows no redirect: the credential goes to the
   * server that the operator named and to no other. Close it after use.
   *
   * @param proxy for https addresses; null for none
   * @param noProxy hosts and domains ({@code .example.com}) that go without it
   */
  public static HttpClient make(SSLContext tls, @Nullable URI proxy, List<String> noProxy) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT)
        .sslContext(tls)
        .sslParameters(parameters)
        .proxy(proxy == null ? HttpClient.Builder.NO_PROXY : new OneProxy(proxy, noProxy))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  private static final class OneProxy extends ProxySelector {
    private final Proxy proxy;
    private final List<String> direct;

    private OneProxy(URI proxy, List<String> direct) {
      this.proxy =
          new Proxy(
              Proxy.Type.HTTP,
              InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort()));
      this.direct = direct.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public List<Proxy> select(URI uri) {
      boolean through = uri.getScheme().equals("https") && !isDirect(uri.getHost());
      return List.of(through ? proxy : Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // The call itself fails and is retried; there is no other proxy to turn to.
    }

    /** As curl reads NO_PROXY: a name covers its sub-domains, with or without a leading dot. */
    private boolean isDirect(String host) {
      String name = host.toLowerCase(Locale.ROOT);
      return direct.stream()
          .map(each -> each.startsWith(".") ? each.substring(1) : each)
          .anyMatch(each -> each.equals("*") || name.equals(each) || name.endsWith("." + each));
    }
  }
}

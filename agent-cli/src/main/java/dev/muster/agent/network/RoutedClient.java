package dev.muster.agent.network;

import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Another client that also says to the proxy who the agent is. Only a request that goes through the
 * proxy carries that, and Java takes it out of what goes through the tunnel to the server itself.
 *
 * <p>An {@link Authenticator} would not do: with one, Java makes a failed call of every 401 that
 * names no scheme, and a refused credential could not be told from a server that is away.
 */
final class RoutedClient extends HttpClient {
  private static final String HEADER = "Proxy-Authorization";

  private final Supplier<HttpClient> clients;
  private final Route route;

  RoutedClient(Supplier<HttpClient> clients, Route route) {
    this.clients = clients;
    this.route = route;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return clients.get().send(introduced(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return clients.get().sendAsync(introduced(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
    return clients.get().sendAsync(introduced(request), handler, pushes);
  }

  private HttpRequest introduced(HttpRequest request) {
    Optional<Secret> authorization =
        route.proxyFor(request.uri()).flatMap(ForwardProxy::authorization);
    if (authorization.isEmpty()) {
      return request;
    }
    return HttpRequest.newBuilder(request, (name, value) -> true)
        .setHeader(HEADER, authorization.get().reveal())
        .build();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return clients.get().cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return clients.get().connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return clients.get().followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return clients.get().proxy();
  }

  @Override
  public SSLContext sslContext() {
    return clients.get().sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return clients.get().sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return clients.get().authenticator();
  }

  @Override
  public Version version() {
    return clients.get().version();
  }

  @Override
  public Optional<Executor> executor() {
    return clients.get().executor();
  }

  @Override
  public void shutdown() {
    clients.get().shutdown();
  }

  @Override
  public boolean awaitTermination(Duration duration) throws InterruptedException {
    return clients.get().awaitTermination(duration);
  }

  @Override
  public boolean isTerminated() {
    return clients.get().isTerminated();
  }

  @Override
  public void shutdownNow() {
    clients.get().shutdownNow();
  }

  @Override
  public void close() {
    clients.get().close();
  }
}

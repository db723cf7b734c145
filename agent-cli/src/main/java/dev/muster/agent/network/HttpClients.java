package dev.muster.agent.network;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Makes the clients with which the agent and its connectors reach others. */
public final class HttpClients {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** What Java does not let a tunnel be asked for with; by default that is Basic. */
  private static final String NOT_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  static {
    // Read once, when the first client of this process is made. In a tunnel's request the password
    // is as well hidden as in any other request to a proxy; there is no other scheme to choose.
    if (System.getProperty(NOT_FOR_TUNNELS) == null) {
      System.setProperty(NOT_FOR_TUNNELS, "");
    }
  }

  private HttpClients() {}

  /** A client for the agent's own server. Close it after use. */
  public static HttpClient make(SSLContext tls, Route route) {
    return make(tls, route, CONNECT);
  }

  /**
   * A client that speaks TLS 1.2 or newer only and follows no redirect: what is sent goes to the
   * server that was named and to no other. Close it after use.
   *
   * @param connect how long a connection may take to be there
   */
  public static HttpClient make(SSLContext tls, Route route, Duration connect) {
    HttpClient client = plain(tls, route, connect);
    return new RoutedClient(() -> client, route);
  }

  /**
   * A client that shows a certificate of the agent's to servers that ask for one, as it is in its
   * files at that moment. Close it after use.
   *
   * @param caFile further authorities to trust; null for none
   * @throws CertificateRefusedException if the files cannot be used now
   */
  public static HttpClient make(@Nullable Path caFile, ClientFiles files, Route route)
      throws CertificateRefusedException {
    return new RoutedClient(
        new RenewedClients(files, own -> plain(context(caFile, own), route, CONNECT)), route);
  }

  private static SSLContext context(@Nullable Path caFile, ClientCertificate own)
      throws CertificateRefusedException {
    try {
      return Trust.context(caFile, own);
    } catch (IOException | GeneralSecurityException unusable) {
      throw new CertificateRefusedException(false, "cannot be used: tls.ca-file is unreadable");
    }
  }

  private static HttpClient plain(SSLContext tls, Route route, Duration connect) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connect)
        .sslContext(tls)
        .sslParameters(parameters)
        .proxy(route.selector())
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }
}

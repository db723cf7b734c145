package dev.muster.agent.network;

import dev.muster.agent.journal.Journal;
import dev.muster.domain.credential.Secret;
import io.grpc.ConnectivityState;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannel;
import io.grpc.ProxiedSocketAddress;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The connection over which the agent speaks gRPC: by the same proxy, with the same trust and the
 * same certificate of its own as over HTTP. A new one takes the place of the one before when the
 * certificate's files have changed; what is under way on that comes to its end. Thread-safe.
 */
public final class GrpcChannels implements Supplier<ManagedChannel>, AutoCloseable {
  private static final Journal JOURNAL = Journal.of("network");
  private static final int MOST_ANSWER_BYTES = 32 << 20;
  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final int PING_SECONDS = 20;
  private static final int PING_PATIENCE_SECONDS = 10;
  private static final int CLOSE_SECONDS = 2;

  /** What it has to say of connections the calls say themselves. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  static {
    GRPC.setLevel(Level.SEVERE);
  }

  private final Way way;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Map<Path, Object> stamp;
  private ManagedChannel current;

  /**
   * Where to, and how.
   *
   * @param caFile further authorities to trust; null for none
   * @param own the agent's certificate; empty for none
   */
  public record Way(
      GrpcEndpoint server, Route route, @Nullable Path caFile, Optional<ClientFiles> own) {}

  private GrpcChannels(Way way) throws CertificateRefusedException {
    this.way = way;
    this.stamp = stamp();
    this.current = make();
  }

  /**
   * Makes a connection, which is opened by the first call. Close it after use.
   *
   * @throws CertificateRefusedException if the certificate's files cannot be used now
   */
  public static GrpcChannels open(Way way) throws CertificateRefusedException {
    return new GrpcChannels(way);
  }

  /**
   * The connection for a new call. One that has failed is tried anew at once: how long to wait is
   * decided by who calls.
   */
  @Override
  public synchronized ManagedChannel get() {
    Map<Path, Object> now = stamp();
    if (!now.equals(stamp)) {
      stamp = now;
      renew();
    }
    if (current.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      current.enterIdle();
    }
    return current;
  }

  /** What it connects to. */
  public GrpcEndpoint server() {
    return way.server();
  }

  @Override
  public synchronized void close() {
    current.shutdownNow();
    try {
      // What it does last is done on these threads.
      current.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
  }

  private Map<Path, Object> stamp() {
    return way.own().map(ClientFiles::stamp).orElseGet(Map::of);
  }

  private void renew() {
    try {
      ManagedChannel renewed = make();
      current.shutdown();
      current = renewed;
      JOURNAL.info("client_certificate_renewed", "for", "grpc");
    } catch (CertificateRefusedException refused) {
      JOURNAL.error("client_certificate_refused", "reason", String.valueOf(refused.getMessage()));
    }
  }

  private ManagedChannel make() throws CertificateRefusedException {
    GrpcEndpoint server = way.server();
    OkHttpChannelBuilder builder =
        OkHttpChannelBuilder.forAddress(server.bareHost(), server.port())
            .executor(threads)
            .transportExecutor(threads)
            .offloadExecutor(threads)
            .socketFactory(TimedSockets.plain())
            .proxyDetector(this::proxied)
            .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(PING_PATIENCE_SECONDS, TimeUnit.SECONDS)
            .maxInboundMessageSize(MOST_ANSWER_BYTES)
            .maxInboundMetadataSize(MOST_HEADER_BYTES)
            .disableServiceConfigLookUp()
            .disableRetry();
    if (server.tls()) {
      builder.sslSocketFactory(TimedSockets.over(tls().getSocketFactory()));
    } else {
      builder.usePlaintext();
    }
    return builder.build();
  }

  private SSLContext tls() throws CertificateRefusedException {
    ClientCertificate own = way.own().isPresent() ? ClientCertificate.read(way.own().get()) : null;
    try {
      return Trust.context(way.caFile(), own);
    } catch (IOException | GeneralSecurityException unusable) {
      throw new CertificateRefusedException(false, "cannot be used: tls.ca-file is unreadable");
    }
  }

  /** Never the proxy of Java's own settings: which way out there is, the agent's own say. */
  private @Nullable ProxiedSocketAddress proxied(SocketAddress target) throws IOException {
    Optional<ForwardProxy> proxy = way.route().proxyFor(way.server().uri());
    if (proxy.isEmpty() || !(target instanceof InetSocketAddress address)) {
      return null;
    }
    ForwardProxy through = proxy.get();
    InetSocketAddress door = new InetSocketAddress(through.host(), through.address().getPort());
    if (door.isUnresolved()) {
      // As a failed look-up, which is tried again; anything else would be the channel's last word.
      throw new UnknownHostException(through.host());
    }
    HttpConnectProxiedSocketAddress.Builder proxied =
        HttpConnectProxiedSocketAddress.newBuilder()
            .setTargetAddress(address)
            .setProxyAddress(door);
    through.authorization().ifPresent(secret -> introduce(proxied, secret));
    return proxied.build();
  }

  /** The one scheme that there is: a user, and after the first colon the password. */
  private static void introduce(HttpConnectProxiedSocketAddress.Builder proxied, Secret basic) {
    String encoded = basic.reveal().substring(basic.reveal().indexOf(' ') + 1);
    String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    proxied.setUsername(pair.substring(0, colon)).setPassword(pair.substring(colon + 1));
  }
}

package dev.muster.agent.command;

import dev.muster.agent.configuration.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The way to the server, step by step: names, proxy, connection, TLS, clock. */
final class ServerCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration CERTIFICATE_SOON = Duration.ofDays(21);
  private static final Duration CLOCK_NOTED = Duration.ofSeconds(30);

  /** What signatures and offers tolerate. */
  private static final Duration CLOCK_TOLERATED = Duration.ofSeconds(300);

  private final ServerAddress server;
  private final HttpClient client;
  private final Instant now;

  ServerCheck(ServerAddress server, HttpClient client, Instant now) {
    this.server = server;
    this.client = client;
    this.now = now;
  }

  List<Finding> run() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    URI proxy = server.proxy();
    URI first = proxy == null ? server.url() : proxy;
    findings.add(name(first.getHost()));
    if (proxy != null) {
      findings.add(proxy(proxy));
    }
    answer(findings);
    return findings;
  }

  private static Finding name(String host) {
    try {
      String addresses =
          Arrays.stream(InetAddress.getAllByName(host))
              .map(InetAddress::getHostAddress)
              .collect(Collectors.joining(", "));
      return Finding.ok("dns", host + " is " + addresses);
    } catch (UnknownHostException unknown) {
      return Finding.failed("dns", host + " has no address here", ExitCode.SERVER_UNREACHABLE);
    }
  }

  private static Finding proxy(URI proxy) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(proxy.getHost(), proxy.getPort()), (int) PATIENCE.toMillis());
      return Finding.ok("proxy", proxy + " takes connections");
    } catch (IOException failure) {
      return Finding.failed(
          "proxy",
          proxy + " takes no connection: " + failure.getClass().getSimpleName(),
          ExitCode.SERVER_UNREACHABLE);
    }
  }

  private void answer(List<Finding> findings) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.url().resolve("/readyz")).timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      findings.add(muster(answer));
      answer.sslSession().map(session -> tls(session)).ifPresent(findings::add);
      findings.add(clock(answer.headers().firstValue("Date")));
    } catch (SSLException refused) {
      findings.add(
          Finding.failed(
              "tls",
              "no TLS 1.2 or 1.3 with a certificate that is trusted here ("
                  + refused.getClass().getSimpleName()
                  + "); a private authority goes into tls.ca-file",
              ExitCode.SERVER_UNTRUSTED));
    } catch (IOException failure) {
      findings.add(
          Finding.failed(
              "server",
              server.url() + " does not answer: " + failure.getClass().getSimpleName(),
              ExitCode.SERVER_UNREACHABLE));
    }
  }

  /** A login page of a network says 200 to everything. */
  private Finding muster(HttpResponse<String> answer) {
    boolean isMusters = answer.body().contains("\"status\"") && answer.body().length() < 1_000;
    if (answer.statusCode() == 200 && isMusters) {
      return Finding.ok("server", server.url() + " is ready");
    }
    return answer.statusCode() == 503 && isMusters
        ? Finding.warning("server", server.url() + " is there, and not ready")
        : Finding.failed(
            "server",
            server.url() + " answers " + answer.statusCode() + ", and not as Muster does",
            ExitCode.SERVER_UNREACHABLE);
  }

  private Finding tls(SSLSession session) {
    String what = session.getProtocol() + ", " + session.getCipherSuite();
    Optional<Instant> end = endOfCertificate(session);
    if (end.isEmpty()) {
      return Finding.ok("tls", what);
    }
    String detail = what + ", certificate until " + end.get();
    return end.get().isBefore(now.plus(CERTIFICATE_SOON))
        ? Finding.warning("tls", detail)
        : Finding.ok("tls", detail);
  }

  private static Optional<Instant> endOfCertificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own
          ? Optional.of(own.getNotAfter().toInstant())
          : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }

  private Finding clock(Optional<String> date) {
    try {
      Instant there =
          ZonedDateTime.parse(date.orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration apart = Duration.between(there, now).abs();
      String detail = "differs from the server's by " + apart.toSeconds() + " s";
      if (apart.compareTo(CLOCK_TOLERATED) > 0) {
        return Finding.failed("clock", detail + ": set it", ExitCode.SERVER_UNREACHABLE);
      }
      return apart.compareTo(CLOCK_NOTED) > 0
          ? Finding.warning("clock", detail)
          : Finding.ok("clock", detail);
    } catch (DateTimeException unsaid) {
      return Finding.unknown("clock", "the server does not say what time it is");
    }
  }
}

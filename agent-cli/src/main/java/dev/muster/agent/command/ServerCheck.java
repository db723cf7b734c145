package dev.muster.agent.command;

import dev.muster.agent.configuration.ServerAddress;
import dev.muster.agent.network.ForwardProxy;
import dev.muster.agent.network.NetworkFailure;
import dev.muster.agent.network.Stranger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** The way to the server, step by step: names, proxy, connection, TLS, clock. */
final class ServerCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 16 * 1024;
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
    Optional<ForwardProxy> proxy = server.route().proxyFor(server.url());
    findings.add(name(proxy.map(ForwardProxy::host).orElse(server.url().getHost())));
    Optional<Finding> taken = proxy.map(ServerCheck::connected);
    int before = findings.size();
    answer(findings);
    boolean isRefused = findings.stream().anyMatch(found -> found.what().equals("proxy"));
    taken.filter(found -> !isRefused).ifPresent(found -> findings.add(before, found));
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

  private static Finding connected(ForwardProxy proxy) {
    String how = proxy.authorization().isPresent() ? ", with a user and password" : "";
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(proxy.host(), proxy.address().getPort()),
          (int) PATIENCE.toMillis());
      return Finding.ok("proxy", proxy + " takes connections" + how);
    } catch (IOException failure) {
      return Finding.failed(
          "proxy",
          proxy + " takes no connection: " + failure.getClass().getSimpleName(),
          ExitCode.SERVER_UNREACHABLE);
    }
  }

  private void answer(List<Finding> findings) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/readyz")).build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      // To the last byte, also of an answer that never ends.
      answered(sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), findings);
    } catch (TimeoutException late) {
      findings.add(unreachable("does not answer within " + PATIENCE.toSeconds() + " s"));
    } catch (ExecutionException failed) {
      findings.add(failure(failed.getCause() == null ? failed : failed.getCause()));
    } finally {
      sent.cancel(true);
    }
  }

  private void answered(HttpResponse<byte[]> answer, List<Finding> findings) {
    Optional<String> refused = NetworkFailure.atProxy(answer);
    if (refused.isPresent()) {
      findings.add(Finding.failed("proxy", refused.get(), ExitCode.SERVER_UNREACHABLE));
      findings.add(Finding.unknown("server", server.url() + " is behind the proxy"));
      return;
    }
    findings.add(muster(answer));
    answer.sslSession().map(session -> TlsCheck.of(session, now)).ifPresent(findings::add);
    findings.add(clock(answer.headers().firstValue("Date")));
  }

  private Finding failure(Throwable failure) {
    String why = NetworkFailure.describe(failure);
    if (failure instanceof SSLException) {
      return Finding.failed("tls", why, ExitCode.SERVER_UNTRUSTED);
    }
    return NetworkFailure.isOfProxy(failure)
        ? Finding.failed("proxy", why, ExitCode.SERVER_UNREACHABLE)
        : unreachable("does not answer: " + why);
  }

  private Finding unreachable(String what) {
    return Finding.failed("server", server.url() + " " + what, ExitCode.SERVER_UNREACHABLE);
  }

  /** A login page of a network says 200 to everything. */
  private Finding muster(HttpResponse<byte[]> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    boolean isMusters =
        type.startsWith("application/json") && text.startsWith("{") && text.contains("\"status\"");
    if (answer.statusCode() == 200 && isMusters) {
      return Finding.ok("server", server.url() + " is ready");
    }
    return answer.statusCode() == 503 && isMusters
        ? Finding.warning("server", server.url() + " is there, and not ready")
        : unreachable(Stranger.describe(answer.statusCode(), answer.headers()));
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

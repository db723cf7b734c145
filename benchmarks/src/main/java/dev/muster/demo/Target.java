package dev.muster.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A small service that somebody's job has to call, and that demands a secret. */
final class Target implements AutoCloseable {
  private static final int SECRET_BYTES = 24;

  private final HttpServer server;
  private final String secret;

  private Target(HttpServer server, String secret) {
    this.server = server;
    this.secret = secret;
  }

  static Target start() throws IOException {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Target target = new Target(server, "demo-" + HexFormat.of().formatHex(random));
    server.createContext("/inventory", target::answer);
    server.start();
    return target;
  }

  /** What it demands. Known to the agent's vault, and to nobody else. */
  String secret() {
    return secret;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/inventory";
  }

  /** It is careless, and repeats what it was sent: the agent must not let that out. */
  private void answer(HttpExchange exchange) {
    try (exchange) {
      String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      boolean known = shown.equals("Bearer " + secret);
      String body =
          known
              ? "{\"hosts\": 42, \"you_sent\": \"%s\"}".formatted(shown)
              : "{\"error\": \"who are you?\"}";
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.muster.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An HTTPS server under an authority of its own. It lets in who brings the secret, and is as
 * careless with it as a server can be: its answer repeats it in every form.
 */
final class HttpsTarget implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpsServer server;
  private final Path authority;

  private HttpsTarget(HttpsServer server, Path authority) {
    this.server = server;
    this.authority = authority;
  }

  static HttpsTarget start(Path folder, String secret) throws Exception {
    Path keys = folder.resolve("target.p12");
    Path authority = folder.resolve("authority.pem");
    makeCertificates(keys, authority);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    server.createContext("/", exchange -> answer(exchange, secret));
    server.start();
    return new HttpsTarget(server, authority);
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The certificate of the authority, in PEM. */
  Path authority() {
    return authority;
  }

  private static void answer(HttpExchange exchange, String secret) throws IOException {
    exchange.getRequestBody().readAllBytes();
    List<String> brought =
        exchange.getRequestHeaders().getOrDefault("Authorization", List.of("nothing"));
    boolean known = brought.contains("Bearer " + secret);
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String body =
        known
            ? "pong %s %s %s %s"
                .formatted(
                    secret,
                    Base64.getEncoder().encodeToString(bytes),
                    Base64.getEncoder()
                        .encodeToString(("ab" + secret).getBytes(StandardCharsets.UTF_8)),
                    HexFormat.of().withUpperCase().formatHex(bytes))
            : "who are you?";
    exchange.getResponseHeaders().add("X-Echo", known ? secret : "-");
    exchange.sendResponseHeaders(known ? 200 : 401, body.length());
    exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  private static SSLContext context(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    store.deleteEntry("authority");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void makeCertificates(Path keys, Path authority) throws Exception {
    List<String> pair = List.of("-genkeypair", "-keyalg", "EC", "-validity", "2");
    keytool(keys, pair, "-alias", "authority", "-dname", "CN=Authority", "-ext", "bc:c");
    keytool(
        keys,
        pair,
        "-alias",
        "target",
        "-dname",
        "CN=Target",
        "-signer",
        "authority",
        "-ext",
        "san=ip:127.0.0.1");
    keytool(
        keys, List.of("-exportcert", "-rfc"), "-alias", "authority", "-file", authority.toString());
  }

  private static void keytool(Path keys, List<String> begin, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(begin);
    command.addAll(
        List.of("-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", "changeit"));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + said);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

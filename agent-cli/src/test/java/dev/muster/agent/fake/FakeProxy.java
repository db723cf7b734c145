package dev.muster.agent.fake;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A proxy as customers have them. It leads every name to this host, so that a name which nothing
 * here resolves shows that it was asked.
 */
public final class FakeProxy implements AutoCloseable {
  private final Listening listening;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final @Nullable String expected;
  private volatile int refusal;

  /** One that asks for nobody's name. */
  public FakeProxy() throws IOException {
    this(null);
  }

  /** One that asks for this user and password, {@code user:password}. */
  public FakeProxy(@Nullable String credentials) throws IOException {
    this.expected =
        credentials == null
            ? null
            : "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    this.listening = new Listening(this::serve);
  }

  /** Answers every request with that status from now on. */
  public void refuse(int status) {
    refusal = status;
  }

  public URI url() {
    return listening.url("http");
  }

  /** The same with a user and password in it. */
  public String urlWith(String userInfo) {
    return "http://" + userInfo + "@" + listening.authority();
  }

  /** What it was sent, the first line and the headers, before anything went through. */
  public List<String> heads() {
    return heads;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void serve(Socket client) {
    try (client) {
      while (true) {
        String head = head(client.getInputStream());
        heads.add(head);
        if (expected != null && !head.contains("Proxy-Authorization: " + expected + "\r\n")) {
          say(client, 407, "Proxy-Authenticate: Basic realm=\"the network\"\r\n");
        } else if (refusal > 0) {
          say(client, refusal, "");
        } else if (!head.startsWith("CONNECT ")) {
          say(client, 501, "");
        } else {
          connect(client, head.split(" ")[1]);
          return;
        }
      }
    } catch (IOException gone) {
      // By who is tested.
    }
  }

  private static void connect(Socket client, String target) throws IOException {
    int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Wire.join(client, server, () -> true);
    }
  }

  private static void say(Socket client, int status, String header) throws IOException {
    String page = "<html>The network says " + status + "</html>";
    String answer =
        "HTTP/1.1 %d No\r\n%sContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, header, page.length(), page);
    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    return head.toString();
  }
}

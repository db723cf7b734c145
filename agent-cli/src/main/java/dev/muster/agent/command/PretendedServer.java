package dev.muster.agent.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** As much of a server as an agent needs that has nothing to do; on loopback, in this process. */
final class PretendedServer implements AutoCloseable {
  private static final String LENGTH = "content-length:";
  private static final int LONGEST_BODY = 1 << 20;

  private final ServerSocket listener;
  private final CountDownLatch polled = new CountDownLatch(1);

  private PretendedServer(ServerSocket listener) {
    this.listener = listener;
  }

  static PretendedServer start() throws IOException {
    ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    PretendedServer server = new PretendedServer(listener);
    Thread.ofVirtual().name("pretended server").start(server::accept);
    return server;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  void awaitPoll(Duration patience) throws InterruptedException {
    boolean came = polled.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (!came) {
      throw new CommandFailedException(ExitCode.DEFECT, "the agent did not ask for work");
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String request = in.readLine(); request != null; request = in.readLine()) {
        int length = lengthOfBody(in);
        in.skip(length);
        answer(request, socket.getOutputStream());
      }
    } catch (IOException gone) {
      // The agent has been stopped.
    }
  }

  private static int lengthOfBody(BufferedReader in) throws IOException {
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith(LENGTH)) {
        length =
            Math.min(LONGEST_BODY, Integer.parseInt(header.substring(LENGTH.length()).strip()));
      }
    }
    return length;
  }

  private void answer(String request, OutputStream out) throws IOException {
    String body = "{}";
    if (request.contains("/heartbeat")) {
      body = "{\"status\":\"ok\",\"cancel\":[],\"lost\":[],\"next_heartbeat_seconds\":20}";
    } else if (request.contains("/claim")) {
      polled.countDown();
      body = "{\"job\":null,\"jobs\":[],\"no_job_available\":true,\"control\":[]}";
    }
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length());
    out.write((head + body).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionLimitsTest {
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final byte[] REQUEST =
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Test
  void headers_that_trickle_in_are_given_up() throws Exception {
    try (var server = new TestServer(TestServer.with(100, Duration.ofSeconds(2), IDLE));
        var first = new Socket("127.0.0.1", server.port());
        var later = new Socket("127.0.0.1", server.port())) {
      answered(later);

      assertThat(trickle(first)).isLessThan(IDLE);
      assertThat(trickle(later)).isLessThan(IDLE);
      try (var another = new Socket("127.0.0.1", server.port())) {
        answered(another);
      }
    }
  }

  @Test
  void a_request_that_waits_long_for_its_answer_is_not() throws Exception {
    try (var server = new TestServer(TestServer.with(100, Duration.ofSeconds(1), IDLE));
        var parked = new Socket("127.0.0.1", server.port())) {
      parked
          .getOutputStream()
          .write("GET /park HTTP/1.1\r\nHost: l\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      server.parked.await();
      parked.setSoTimeout(4_000);
      assertThat(isSilent(parked)).isTrue();

      server.released.countDown();
      assertThat(parked.getInputStream().read()).isEqualTo('H');
    }
  }

  @Test
  void beyond_the_most_connections_nobody_is_served_until_others_end() throws Exception {
    List<Socket> open = new ArrayList<>();
    try (var server = new TestServer(TestServer.with(4, Duration.ofSeconds(30), IDLE))) {
      for (int i = 0; i < 4; i++) {
        var socket = new Socket("127.0.0.1", server.port());
        open.add(socket);
        answered(socket);
      }
      try (var waiting = new Socket("127.0.0.1", server.port())) {
        waiting.getOutputStream().write(REQUEST);
        waiting.setSoTimeout(1_000);
        assertThat(isSilent(waiting)).isTrue();

        open.removeFirst().close();
        open.removeFirst().close();
        waiting.setSoTimeout(20_000);
        assertThat(waiting.getInputStream().read()).isEqualTo('H');
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static void answered(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(REQUEST);
    var answer = new StringBuilder();
    while (answer.indexOf("\"ok\"}") < 0) {
      int read = socket.getInputStream().read();
      assertThat(read).isNotNegative();
      answer.append((char) read);
    }
  }

  private static boolean isSilent(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == Integer.MIN_VALUE;
    } catch (SocketTimeoutException silent) {
      return true;
    }
  }

  /** Sends a byte now and then until the server has enough; answers how long that took. */
  private static Duration trickle(Socket socket) throws Exception {
    long begun = System.nanoTime();
    var pause = new CountDownLatch(1);
    socket.setSoTimeout(1);
    try {
      socket
          .getOutputStream()
          .write("GET /healthz HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      while (!hasEnded(socket) && !pause.await(200, TimeUnit.MILLISECONDS)) {
        socket.getOutputStream().write('a');
      }
    } catch (SocketException closed) {
      // What the test waits for.
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static boolean hasEnded(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    }
  }
}

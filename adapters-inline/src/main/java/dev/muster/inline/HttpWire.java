package dev.muster.inline;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import tools.jackson.databind.JsonNode;

/**
 * One connection for one exchange, to an address that was looked at before. The JDK's client would
 * look the name up itself, after whoever checked it. It is cut when its time is up or the thread
 * that waits for it is interrupted. For one thread.
 */
final class HttpWire implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 100;
  private static final int MOST_CONNECTING_MILLIS = 10_000;

  private final long deadline;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread waiting = Thread.currentThread();
  private final Socket socket = new Socket();

  /**
   * @param deadline by {@link System#nanoTime()}; no exchange takes longer than half a minute
   */
  HttpWire(long deadline) {
    long own = System.nanoTime() + LONGEST.toNanos();
    this.deadline = own - deadline < 0 ? own : deadline;
    Thread.ofVirtual().name("inline-http-watch").start(this::watch);
  }

  private void watch() {
    try {
      while (!done.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (waiting.isInterrupted() || nanosLeft() <= 0) {
          socket.close();
          return;
        }
      }
    } catch (InterruptedException | IOException ended) {
      // Nothing is left to be cut.
    }
  }

  private long nanosLeft() {
    return deadline - System.nanoTime();
  }

  /** The addresses of a name; waits no longer than there is time. */
  InetAddress[] lookUp(String host) throws IOException, InterruptedException {
    CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("inline-http-name")
        .start(() -> {
          try {
            found.complete(InetAddress.getAllByName(host));
          } catch (UnknownHostException unknown) {
            found.completeExceptionally(unknown);
          }
        });
    try {
      return found.get(Math.max(1, nanosLeft()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException unknown) {
      throw new UnknownHostException(host);
    } catch (TimeoutException late) {
      throw new SocketTimeoutException("looking its name up took too long");
    }
  }

  JsonNode exchange(AllowedServer server, InetAddress address, String method, byte[] request)
      throws IOException, CallRefusedException {
    long started = System.nanoTime();
    int patience =
        Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanosLeft()), 1, MOST_CONNECTING_MILLIS);
    socket.connect(new InetSocketAddress(address, server.port()), patience);
    try (Socket stream = server.scheme().equals("https") ? secured(server) : socket) {
      stream.getOutputStream().write(request);
      stream.getOutputStream().flush();
      InputStream in = new BufferedInputStream(stream.getInputStream());
      return new HttpAnswer(in).read(method, started);
    } catch (IOException e) {
      if (nanosLeft() <= 0) {
        throw new SocketTimeoutException("no whole answer before the time was up");
      }
      throw e;
    }
  }

  private Socket secured(AllowedServer server) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured =
        (SSLSocket) factory.createSocket(socket, server.host(), server.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  @Override
  public void close() throws IOException {
    done.countDown();
    socket.close();
  }
}

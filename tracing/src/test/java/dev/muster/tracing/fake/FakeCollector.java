package dev.muster.tracing.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Takes spans as a collector does. Thread-safe. */
public final class FakeCollector implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpServer server;
  private final List<Exported> spans = new CopyOnWriteArrayList<>();
  private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile boolean hanging;

  /** Listens on a free port of this host. */
  public FakeCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(exchange);
    bodies.add(body);
    if (hanging) {
      awaitClosed();
    }
    if (status == 200 && exchange.getRequestURI().getPath().equals("/v1/traces")) {
      spans.addAll(Exported.in(body));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
    synchronized (this) {
      notifyAll();
    }
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What an operator configures. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers with another status from now on. */
  public void answerWith(int other) {
    status = other;
  }

  /** Takes requests and answers none. */
  public void hang() {
    hanging = true;
  }

  /** Everything that was taken. */
  public List<Exported> spans() {
    return List.copyOf(spans);
  }

  /** How many requests came, whatever became of them. */
  public int requests() {
    return requests.size();
  }

  /** A header of the latest request; empty where it has none. */
  public String header(String name) {
    String value = requests.getLast().getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /** Whether a text stands anywhere in what was sent: in bytes, headers or paths. */
  public boolean hasSeen(String text) {
    return bodies.stream()
            .anyMatch(body -> new String(body, StandardCharsets.ISO_8859_1).contains(text))
        || requests.stream()
            .anyMatch(request ->
                (request.getRequestURI() + " " + request.getRequestHeaders().values())
                    .contains(text));
  }

  /** Waits until what was taken is as it should be. */
  public synchronized List<Exported> await(Predicate<List<Exported>> enough)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!enough.test(spans())) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("so far only " + spans());
      }
      wait(left);
    }
    return spans();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}

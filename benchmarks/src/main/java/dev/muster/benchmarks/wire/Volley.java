package dev.muster.benchmarks.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

/** Many requests over a few connections, each as soon as one is free; all must be fulfilled. */
public final class Volley {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final IntFunction<byte[]> requests;
  private final int count;
  private final Each each;
  private int sent;
  private int answered;

  /** Is told of each answer. */
  public interface Each {
    /** The answer to the request of this number. */
    void received(int number, Answer answer);
  }

  private Volley(IntFunction<byte[]> requests, int count, Each each) {
    this.requests = requests;
    this.count = count;
    this.each = each;
  }

  /** Sends {@code count} requests and returns when all are answered. */
  public static void send(
      EventLoop loop,
      List<Connection> connections,
      int count,
      IntFunction<byte[]> requests,
      Each each)
      throws IOException {
    Volley volley = new Volley(requests, count, each);
    connections.forEach(volley::next);
    loop.runUntil(PATIENCE, "the answers to a volley", () -> volley.answered == count);
  }

  private void next(Connection connection) {
    if (sent == count) {
      return;
    }
    int number = sent++;
    connection.send(
        requests.apply(number),
        answer -> {
          each.received(number, answer.orFail());
          answered++;
          next(connection);
        });
  }
}

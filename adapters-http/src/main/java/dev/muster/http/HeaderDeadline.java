package dev.muster.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections on which the headers of a request have been arriving for too long. A byte now
 * and then keeps a connection from being idle, so that a few hosts could occupy all there are. One
 * on which nothing has come yet is one of these, too.
 *
 * <p>Looks at all connections a few times within that patience: at what each has received, and how
 * many requests have come whole. Used by the connector's own threads only.
 */
final class HeaderDeadline extends AbstractLifeCycle {
  /** So much later than asked for a connection may be closed: looks at thousands cost time. */
  private static final int LOOKS_IN_TIME = 4;

  private final ServerConnector connector;
  private final long patienceNanos;
  private final Map<EndPoint, Seen> seen = new HashMap<>();
  private Scheduler.@Nullable Task next;

  /**
   * What was seen of a connection that waits for a request.
   *
   * @param requests that had come whole
   * @param bytes that had come then
   * @param arriving whether more have come since, or are awaited because it has just been opened
   * @param since when that was seen first
   */
  private record Seen(long requests, long bytes, boolean arriving, long since) {}

  HeaderDeadline(ServerConnector connector, Duration patience) {
    this.connector = connector;
    this.patienceNanos = patience.toNanos();
  }

  @Override
  protected void doStart() {
    lookLater();
  }

  @Override
  protected synchronized void doStop() {
    if (next != null) {
      next.cancel();
    }
  }

  private synchronized void lookLater() {
    if (!isStopping() && !isStopped()) {
      next =
          connector
              .getScheduler()
              .schedule(this::look, patienceNanos / LOOKS_IN_TIME, TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    try {
      long now = System.nanoTime();
      var connected = connector.getConnectedEndPoints();
      seen.keySet().retainAll(connected);
      connected.forEach(endPoint -> look(endPoint, now));
    } finally {
      lookLater();
    }
  }

  private void look(EndPoint endPoint, long now) {
    Connection connection = endPoint.getConnection();
    if (connection == null || connection.getMessagesIn() > connection.getMessagesOut()) {
      seen.remove(endPoint);
      return;
    }
    Seen last = seen.get(endPoint);
    Seen present = present(connection, last, now);
    seen.put(endPoint, present);
    if (present.arriving() && now - present.since() > patienceNanos) {
      endPoint.close();
    }
  }

  private static Seen present(Connection connection, @Nullable Seen last, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (last == null || last.requests() != requests) {
      return new Seen(requests, bytes, requests == 0, now);
    }
    return last.arriving() || bytes == last.bytes()
        ? last
        : new Seen(requests, last.bytes(), true, now);
  }
}

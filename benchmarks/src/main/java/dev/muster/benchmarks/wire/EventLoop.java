package dev.muster.benchmarks.wire;

import dev.muster.outside.UnexpectedException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits for many connections and for moments to come, in the thread that calls {@link #runUntil}.
 * Everything about it, and about its connections, belongs to that thread.
 */
public final class EventLoop implements AutoCloseable {
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int BUFFER = 512 * 1024;

  private final Selector selector;
  private final ByteBuffer inbox = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer outbox = ByteBuffer.allocateDirect(BUFFER);
  private final byte[] scratch = new byte[BUFFER];
  private final PriorityQueue<Moment> moments = new PriorityQueue<>();

  private record Moment(long nanos, Runnable action) implements Comparable<Moment> {
    @Override
    public int compareTo(Moment other) {
      return Long.compare(nanos - other.nanos, 0);
    }
  }

  private EventLoop(Selector selector) {
    this.selector = selector;
  }

  /** A loop without connections. */
  public static EventLoop open() throws IOException {
    return new EventLoop(Selector.open());
  }

  /** A new connection to a port of this machine. */
  public Connection connect(int port) throws IOException {
    return new Connection(port, this);
  }

  SelectionKey register(SocketChannel channel, Connection connection) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    return channel.register(selector, SelectionKey.OP_READ, connection);
  }

  /** Runs something after a while. */
  public void after(Duration pause, Runnable action) {
    moments.add(new Moment(System.nanoTime() + pause.toNanos(), action));
  }

  /**
   * Runs until something is true; it is asked after each round of events.
   *
   * @throws UnexpectedException when it is not true after {@code longest}
   */
  public void runUntil(Duration longest, String what, BooleanSupplier done) throws IOException {
    long end = System.nanoTime() + longest.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new UnexpectedException("waited %d s for %s".formatted(longest.toSeconds(), what));
      }
      turn(end);
    }
  }

  /** Runs for a while. */
  public void runFor(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      turn(end);
    }
  }

  private void turn(long end) throws IOException {
    long sleep = Math.min(sleepNanos(), end - System.nanoTime());
    if (sleep < TimeUnit.MILLISECONDS.toNanos(1)) {
      selector.selectNow(EventLoop::readable);
    } else {
      selector.select(EventLoop::readable, TimeUnit.NANOSECONDS.toMillis(sleep));
    }
    runMoments();
  }

  private long sleepNanos() {
    Moment next = moments.peek();
    return next == null
        ? LONGEST_SLEEP_NANOS
        : Math.clamp(next.nanos - System.nanoTime(), 0, LONGEST_SLEEP_NANOS);
  }

  private void runMoments() {
    for (Moment next = moments.peek();
        next != null && next.nanos - System.nanoTime() <= 0;
        next = moments.peek()) {
      moments.remove().action.run();
    }
  }

  private static void readable(SelectionKey key) {
    ((Connection) key.attachment()).ready();
  }

  ByteBuffer inbox() {
    return inbox.clear();
  }

  ByteBuffer outbox() {
    return outbox.clear();
  }

  byte[] scratch() {
    return scratch;
  }

  /** Closes all connections. */
  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}

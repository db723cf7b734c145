package dev.muster.benchmarks.wire;

import dev.muster.outside.UnexpectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A connection that is kept alive, or opened again, with at most one request under way. */
public final class Connection {
  private static final byte[] NOTHING = new byte[0];

  private final int port;
  private final EventLoop loop;
  private final AnswerParser parser = new AnswerParser();
  private SocketChannel channel;
  private SelectionKey key;
  private @Nullable Receiver receiver;

  /** The part of an answer that has come so far; the rest is still on its way. */
  private byte[] early = NOTHING;

  private int earlyLength;

  /** What the socket did not take at once. */
  private @Nullable ByteBuffer unsent;

  /** Is told of an answer. */
  public interface Receiver {
    /** An answer has come; it is valid until this returns. The connection is free again. */
    void received(Answer answer);
  }

  Connection(int port, EventLoop loop) throws IOException {
    this.port = port;
    this.loop = loop;
    this.channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    this.key = loop.register(channel, this);
  }

  /** Whether an answer is awaited. */
  public boolean isBusy() {
    return receiver != null;
  }

  /** Sends a request, whole with its head. */
  public void send(byte[] request, Receiver to) {
    if (receiver != null) {
      throw new IllegalStateException("one request at a time on a connection");
    }
    receiver = to;
    try {
      if (!channel.isOpen()) {
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        key = loop.register(channel, this);
      }
      ByteBuffer out = loop.outbox();
      if (request.length <= out.remaining()) {
        channel.write(out.put(request).flip());
        if (!out.hasRemaining()) {
          return;
        }
        unsent = ByteBuffer.wrap(request, out.position(), request.length - out.position());
      } else {
        unsent = ByteBuffer.wrap(request);
      }
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Ends it, whatever is under way. */
  public void close() {
    try {
      key.cancel();
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void ready() {
    try {
      if (unsent != null) {
        sendOn(unsent);
      }
      receive();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void sendOn(ByteBuffer rest) throws IOException {
    channel.write(rest);
    if (!rest.hasRemaining()) {
      unsent = null;
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  private void receive() throws IOException {
    ByteBuffer in = loop.inbox();
    int count = channel.read(in);
    if (count < 0) {
      ended();
    }
    if (count <= 0) {
      return;
    }
    byte[] bytes = loop.scratch();
    in.flip().get(bytes, 0, count);
    if (earlyLength > 0) {
      keep(bytes, count);
      bytes = early;
      count = earlyLength;
    }
    Answer answer = parser.parse(bytes, count);
    if (answer != null) {
      deliver(answer);
    } else if (earlyLength == 0) {
      keep(bytes, count);
    }
  }

  /** A server ends connections that were idle for long; the next request opens a new one. */
  private void ended() {
    if (receiver != null) {
      throw new UnexpectedException("the server closed a connection");
    }
    close();
  }

  private void deliver(Answer answer) {
    Receiver to = receiver;
    if (to == null) {
      throw new UnexpectedException("an answer that nobody asked for");
    }
    receiver = null;
    early = NOTHING;
    earlyLength = 0;
    to.received(answer);
  }

  private void keep(byte[] bytes, int count) {
    if (early.length < earlyLength + count) {
      early = Arrays.copyOf(early, Math.max(2 * early.length, earlyLength + count));
    }
    System.arraycopy(bytes, 0, early, earlyLength, count);
    earlyLength += count;
  }
}

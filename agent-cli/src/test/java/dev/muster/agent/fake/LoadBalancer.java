package dev.muster.agent.fake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Hands connections on to a server, and cuts those that are quiet for too long. */
public final class LoadBalancer implements AutoCloseable {
  private final Listening listening;
  private final int port;
  private final Duration idle;
  private final Manner manner;
  private final AtomicInteger cuts = new AtomicInteger();

  /** How it cuts a connection. */
  public enum Manner {
    /** As if the other side had ended it. */
    END,
    /** With a reset. */
    RESET,
    /** By handing on nothing any more, and saying so to nobody. */
    SILENCE
  }

  public LoadBalancer(URI server, Duration idle, Manner manner) throws IOException {
    this.port = server.getPort();
    this.idle = idle;
    this.manner = manner;
    this.listening = new Listening(this::serve);
  }

  public URI url() {
    return listening.url("http");
  }

  /** How many connections it has cut. */
  public int cuts() {
    return cuts.get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void serve(Socket client) {
    AtomicLong last = new AtomicLong(System.nanoTime());
    AtomicBoolean silent = new AtomicBoolean();
    try {
      Socket server = new Socket(InetAddress.getByName("127.0.0.1"), port);
      Thread.ofVirtual().start(() -> watch(client, server, last, silent));
      Wire.join(
          client,
          server,
          () -> {
            last.set(System.nanoTime());
            return !silent.get();
          });
    } catch (IOException gone) {
      // By who is tested.
    }
  }

  private void watch(Socket client, Socket server, AtomicLong last, AtomicBoolean silent) {
    while (!client.isClosed()) {
      if (System.nanoTime() - last.get() > idle.toNanos()) {
        silent.set(true);
        cuts.incrementAndGet();
        cut(client, server);
        return;
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void cut(Socket client, Socket server) {
    try {
      if (manner == Manner.RESET) {
        client.setSoLinger(true, 0);
      }
      if (manner != Manner.SILENCE) {
        client.close();
        server.close();
      }
    } catch (IOException gone) {
      // Then it is cut already.
    }
  }
}

package dev.muster.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a port of this host that can be cut, and mended. Thread-safe. */
final class Line implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final ServerSocket entrance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int target;
  private volatile boolean isCut;

  private Line(ServerSocket entrance, int target) {
    this.entrance = entrance;
    this.target = target;
  }

  static Line to(int port) {
    try {
      Line line = new Line(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), port);
      Thread.ofVirtual().start(line::accept);
      return line;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Breaks every connection, and lets no new one through. */
  void cut() {
    isCut = true;
    open.forEach(Line::end);
  }

  void mend() {
    isCut = false;
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket near = entrance.accept();
        open.add(near);
        Thread.ofVirtual().start(() -> connect(near));
      } catch (IOException ended) {
        continue;
      }
    }
  }

  private void connect(Socket near) {
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      if (isCut) {
        end(far);
      }
      Thread.ofVirtual().start(() -> pump(near, far));
      pump(far, near);
    } catch (IOException nobodyThere) {
      end(near);
      open.remove(near);
    }
  }

  private void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      end(from);
    }
    end(from);
    end(to);
    open.remove(from);
    open.remove(to);
  }

  private static void end(Closeable socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      return;
    }
  }

  @Override
  public void close() {
    end(entrance);
    cut();
  }
}

package dev.muster.endtoend;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a port of this host that can be cut, and mended. */
final class CuttableLine implements AutoCloseable {
  private final int target;
  private final ServerSocket entrance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  private CuttableLine(int target) throws IOException {
    this.target = target;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  static CuttableLine to(int port) throws IOException {
    CuttableLine line = new CuttableLine(port);
    Thread.ofVirtual().start(line::accept);
    return line;
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Breaks every connection, and lets no new one through. */
  void cut() {
    cut = true;
    open.forEach(CuttableLine::end);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket near = entrance.accept();
        open.add(near);
        if (cut) {
          end(near);
        } else {
          connect(near);
        }
      } catch (IOException ended) {
        continue;
      }
    }
  }

  private void connect(Socket near) throws IOException {
    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
    open.add(far);
    Thread.ofVirtual().start(() -> pump(near, far));
    Thread.ofVirtual().start(() -> pump(far, near));
  }

  private void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException broken) {
      // Both ends are closed below, whichever broke.
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
      // It was to be gone.
    }
  }

  @Override
  public void close() {
    end(entrance);
    cut();
  }
}

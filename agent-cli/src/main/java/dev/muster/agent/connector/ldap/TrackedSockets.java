package dev.muster.agent.connector.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/**
 * Makes a job's sockets, and closes them when the job has to end: whatever waits for a server then
 * fails. Safe for use by many threads.
 */
final class TrackedSockets extends SocketFactory implements AutoCloseable {
  private final SocketFactory factory;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  TrackedSockets(SocketFactory factory) {
    this.factory = factory;
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = factory.createSocket();
    sockets.add(socket);
    if (closed) {
      socket.close();
      throw new IOException("the job is over");
    }
    return socket;
  }

  // The directory's client makes them unconnected, so that it can give up.
  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new IOException("not used");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw new IOException("not used");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw new IOException("not used");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw new IOException("not used");
  }

  /** Returns at once; the end of TLS may want to wait for the other side, and must not. */
  @Override
  public void close() {
    closed = true;
    for (Socket socket : sockets) {
      Thread.ofVirtual().name("ldap-close").start(() -> closeQuietly(socket));
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException closedAlready) {
      // That is what was wanted.
    }
  }
}

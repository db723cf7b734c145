package dev.muster.agent.fake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.function.Consumer;

/** A free port of loopback, and somebody who serves whoever connects; all at once. */
final class Listening implements AutoCloseable {
  private final ServerSocket listening;
  private final Consumer<Socket> server;

  /** Serves each connection on a thread of its own; the server closes it. */
  Listening(Consumer<Socket> server) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  /** Where it is. */
  URI url(String scheme) {
    return URI.create(scheme + "://" + authority());
  }

  /** Host and port. */
  String authority() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> server.accept(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }
}

package dev.muster.agent.fake;

import java.io.IOException;
import java.net.Socket;

/** Two ends of a connection through something that sits between. */
final class Wire {
  private Wire() {}

  /** Hands on what comes from either end until one of them is closed; then closes the other. */
  static void join(Socket one, Socket other, Runnable eachTime) {
    Thread.ofVirtual().start(() -> handOn(other, one, eachTime));
    handOn(one, other, eachTime);
  }

  private static void handOn(Socket from, Socket to, Runnable eachTime) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      for (int n = from.getInputStream().read(buffer); n > 0; ) {
        eachTime.run();
        to.getOutputStream().write(buffer, 0, n);
        to.getOutputStream().flush();
        n = from.getInputStream().read(buffer);
      }
    } catch (IOException closed) {
      // By the other direction, or by who is tested.
    }
  }
}

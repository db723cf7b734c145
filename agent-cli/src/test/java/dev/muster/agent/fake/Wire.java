package dev.muster.agent.fake;

import java.io.IOException;
import java.net.Socket;
import java.util.function.BooleanSupplier;

/** Two ends of a connection through something that sits between. */
final class Wire {
  private Wire() {}

  /**
   * Hands on what comes from either end until one of them is closed; then closes the other.
   *
   * @param passes asked each time; what does not pass is lost
   */
  static void join(Socket one, Socket other, BooleanSupplier passes) {
    Thread.ofVirtual().start(() -> handOn(other, one, passes));
    handOn(one, other, passes);
  }

  private static void handOn(Socket from, Socket to, BooleanSupplier passes) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      for (int n = from.getInputStream().read(buffer); n > 0; ) {
        if (passes.getAsBoolean()) {
          to.getOutputStream().write(buffer, 0, n);
          to.getOutputStream().flush();
        }
        n = from.getInputStream().read(buffer);
      }
    } catch (IOException closed) {
      // By the other direction, or by who is tested.
    }
  }
}

package dev.muster.http;

import dev.muster.wire.caller.Proxies;
import java.time.Duration;

/**
 * How the server listens.
 *
 * @param host the address to bind
 * @param port 0 takes a free one
 * @param proxies what stands before it
 * @param limits of time and number
 */
public record HttpSettings(String host, int port, Proxies proxies, Limits limits) {
  /**
   * Limits of time and number.
   *
   * @param connections beyond it none is accepted until others end
   * @param header a request whose headers have not arrived by then is given up
   * @param idle a connection on which nothing moves is closed
   * @param body a body that has not arrived by then is given up
   * @param stop requests that still run by then are cut off
   */
  public record Limits(
      int connections, Duration header, Duration idle, Duration body, Duration stop) {
    private static final int USUAL_CONNECTIONS = 20_000;

    /**
     * Longer than a poll may wait, so that those who wait are never looked at for being silent; and
     * than proxies keep connections, so that it is they who close them.
     */
    private static final Duration LONGER_THAN_ANY_POLL = Duration.ofSeconds(75);

    /** The usual limits. */
    public static Limits usual() {
      return usual(USUAL_CONNECTIONS);
    }

    /** The usual limits of time, with another of number. */
    public static Limits usual(int connections) {
      return new Limits(
          connections,
          Duration.ofSeconds(15),
          LONGER_THAN_ANY_POLL,
          Duration.ofSeconds(60),
          Duration.ofSeconds(10));
    }
  }

  /** The usual settings for an address. */
  public static HttpSettings at(String host, int port) {
    return new HttpSettings(host, port, Proxies.NONE, Limits.usual());
  }
}

package dev.muster.http;

import dev.muster.http.caller.Proxies;
import java.time.Duration;

/**
 * How the server listens.
 *
 * @param host the address to bind
 * @param port 0 takes a free one
 * @param proxies what stands before it
 * @param limits of time
 */
public record HttpSettings(String host, int port, Proxies proxies, Limits limits) {
  /**
   * Limits of time.
   *
   * @param idle a connection on which nothing moves is closed
   * @param body a body that has not arrived by then is given up
   * @param stop requests that still run by then are cut off
   */
  public record Limits(Duration idle, Duration body, Duration stop) {
    /** The usual limits. */
    public static Limits usual() {
      return new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(10));
    }
  }

  /** The usual settings for an address. */
  public static HttpSettings at(String host, int port) {
    return new HttpSettings(host, port, Proxies.NONE, Limits.usual());
  }
}

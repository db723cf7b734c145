package dev.muster.grpc;

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
public record GrpcSettings(String host, int port, Proxies proxies, Limits limits) {
  /**
   * Limits of time and number.
   *
   * @param connections beyond it, new ones are closed
   * @param message a message that has not arrived by then is given up; so is a stream that asks for
   *     nothing for so long
   * @param idle a connection without a call is closed
   * @param ping how often a connection is tried on which nothing moves
   * @param stop calls that still run by then are cut off
   * @param age of a connection
   */
  public record Limits(
      int connections, Duration message, Duration idle, Duration ping, Duration stop, Age age) {
    /** The usual limits of time, with one of number. */
    public static Limits usual(int connections) {
      return new Limits(
          connections,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          new Age(Duration.ofMinutes(30), Duration.ofMinutes(2)));
    }
  }

  /**
   * How old a connection may become.
   *
   * @param most the agent is then asked to open another one; at least a second
   * @param parting calls that still run so long after that are cut off
   */
  public record Age(Duration most, Duration parting) {}
}

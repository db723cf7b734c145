package dev.muster.grpc;

import java.time.Duration;

/** The usual limits, but for those that a test waits for. */
final class TestLimits {
  static final GrpcSettings.Limits USUAL = GrpcSettings.Limits.usual(100);

  private TestLimits() {}

  /** Messages have to come in this time. */
  static GrpcSettings.Limits hasty(Duration message) {
    return new GrpcSettings.Limits(
        USUAL.connections(), message, USUAL.idle(), USUAL.ping(), USUAL.stop(), USUAL.age());
  }

  /** Connections become no older than this. */
  static GrpcSettings.Limits aging(Duration most, Duration parting) {
    return new GrpcSettings.Limits(
        USUAL.connections(),
        USUAL.message(),
        USUAL.idle(),
        USUAL.ping(),
        USUAL.stop(),
        new GrpcSettings.Age(most, parting));
  }
}

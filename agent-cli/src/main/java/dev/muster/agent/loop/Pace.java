package dev.muster.agent.loop;

import java.time.Duration;

/**
 * How fast the loops go.
 *
 * @param leastBackoff bound of the first wait after a failure
 * @param mostBackoff bound of every wait after a failure
 * @param firstHeartbeat time between heartbeats until the server says otherwise
 * @param linger how long log lines are gathered before they are sent
 * @param parked a poll that lived so long was cut while it was held, and did not fail at once
 * @param cancelPatience how long a job's work may take to stop when asked
 * @param logPatience how long an outcome waits for the last log lines to be taken
 */
public record Pace(
    Duration leastBackoff,
    Duration mostBackoff,
    Duration firstHeartbeat,
    Duration linger,
    Duration parked,
    Duration cancelPatience,
    Duration logPatience) {

  /** What killed processes and their pipes may take to be gone, after the grace. */
  private static final Duration TO_BE_GONE = Duration.ofSeconds(12);

  /** What an agent in production does; its processes have the grace to stop. */
  public static Pace production(Duration cancelGrace) {
    return new Pace(
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        Duration.ofMillis(200),
        Duration.ofSeconds(2),
        cancelGrace.plus(TO_BE_GONE),
        Duration.ofSeconds(15));
  }
}

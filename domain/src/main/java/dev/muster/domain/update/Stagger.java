package dev.muster.domain.update;

import java.time.Duration;

/**
 * When the agents that a rollout reaches hear of it: one after the other, so that they do not all
 * fetch the release in the same second. Nobody waits longer than until it would have looked by
 * itself.
 *
 * @param agents how many are reached
 */
public record Stagger(int agents) {
  /** What a server sends its agents to their releases with; each is some 10 MB. */
  public static final int AGENTS_PER_SECOND = 5;

  /** How often agents look by themselves where nobody has configured anything. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private static final long MILLIS_EACH = 1000 / AGENTS_PER_SECOND;

  /** At least one. */
  public Stagger {
    if (agents < 1) {
      throw new IllegalArgumentException("a rollout that reaches nobody needs no order");
    }
  }

  /**
   * How long after the rollout an agent hears of it.
   *
   * @param place which of them it is, from 0
   */
  public Duration delay(int place) {
    if (place < 0 || place >= agents) {
      throw new IllegalArgumentException("there is no such place");
    }
    long all = Math.min(agents * MILLIS_EACH, LONGEST.toMillis());
    return Duration.ofMillis(place * all / agents);
  }
}

package dev.muster.domain.update;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent was offered, and what it said of it last.
 *
 * @param outcome null until it said something
 * @param cause a word of the agent's, empty where it gave none
 * @param reportedAt when it said so, null until then
 */
public record UpdateRecord(
    long sequence, @Nullable UpdateOutcome outcome, String cause, @Nullable Instant reportedAt) {
  /** The cause of a revert that says nothing about the release. */
  public static final String SERVER_AWAY = "server_away";

  /** How long an agent is left alone after such a revert. */
  public static final Duration PAUSE = Duration.ofHours(1);

  /**
   * Whether the release may be offered to the agent again.
   *
   * @param rolledOutAt when a person last set the rollout: that gives everybody another chance
   */
  public boolean allowsAnother(Instant rolledOutAt, Instant now) {
    if (outcome == null || reportedAt == null) {
      return true;
    }
    return switch (outcome) {
      case APPLIED -> false;
      case REJECTED -> rolledOutAt.isAfter(reportedAt);
      case REVERTED ->
          rolledOutAt.isAfter(reportedAt)
              || cause.equals(SERVER_AWAY) && !now.isBefore(reportedAt.plus(PAUSE));
    };
  }
}

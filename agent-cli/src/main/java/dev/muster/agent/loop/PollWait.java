package dev.muster.agent.loop;

import java.time.Duration;

/**
 * How long a poll may be held. Where something on the way cuts connections that are quiet for too
 * long, the wait shrinks until polls survive; now and then the full wait is tried again, because
 * the cut may have been a server's restart. Not thread-safe.
 */
final class PollWait {
  private static final int ANSWERS_UNTIL_FULL = 20;
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final Duration full;
  private Duration current;
  private int answers;

  PollWait(Duration full) {
    this.full = full;
    this.current = full;
  }

  Duration current() {
    return current;
  }

  /** A poll was answered. */
  void answered() {
    answers++;
    if (answers >= ANSWERS_UNTIL_FULL) {
      answers = 0;
      current = full;
    }
  }

  /**
   * A poll was cut after it had lived so long. One that was dropped without a word lived on here
   * until it was given up; it was gone before its wait was over.
   */
  void died(Duration lived) {
    answers = 0;
    Duration held = min(lived, current);
    Duration shorter = Duration.ofSeconds(held.multipliedBy(3).dividedBy(4).toSeconds());
    current = shorter.compareTo(LEAST) < 0 ? LEAST : min(shorter, full);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

package dev.muster.domain.update;

/**
 * When a rollout halts by itself.
 *
 * @param least so many agents have to go back before any share of them says something
 * @param perHundred so many of a hundred that tried, at least
 */
public record RevertLimit(int least, int perHundred) {
  /** Three agents, if they are one in ten or more of those that tried. */
  public static final RevertLimit USUAL = new RevertLimit(3, 10);

  /**
   * Whether so many reverts are too many.
   *
   * @param reverted agents that went back to the version before
   * @param applied agents on which the release has proved itself
   */
  public boolean isPassed(int reverted, int applied) {
    return reverted >= least && 100L * reverted >= (long) perHundred * (reverted + applied);
  }
}

package dev.muster.domain.scheduling;

import java.time.Duration;

/**
 * How the attempts of a job will go, laid down before any of them is imagined: so the same attempts
 * of the same jobs fail in every future that is imagined of one queue.
 *
 * @param retries how many attempts, beginning with the next to end, fail and are followed by
 *     another
 * @param lost whether the attempt after those fails too, and is the last; else it completes
 * @param completes how long an attempt that completes keeps its slot, more than nothing
 * @param fails how long one that fails does, more than nothing
 */
public record Course(int retries, boolean lost, Duration completes, Duration fails) {
  /**
   * How long an attempt keeps its slot.
   *
   * @param failed how many have failed before it
   */
  public Duration keeps(int failed) {
    return failed < retries || lost ? fails : completes;
  }

  /** The same without another attempt: the next to end completes. */
  public Course cutShort() {
    return new Course(0, false, completes, fails);
  }
}

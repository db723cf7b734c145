package dev.muster.domain.job;

import java.time.Duration;

/** How long a job that failed waits before its next attempt: 10 s, doubled each time, to 10 min. */
public final class Backoff {
  private static final long FIRST_MILLIS = Duration.ofSeconds(10).toMillis();
  private static final long MOST_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final int DOUBLINGS_TO_MOST = 6;
  private static final double SPREAD = 0.2;

  private Backoff() {}

  /**
   * The wait after so many attempts, on average.
   *
   * @param attemptsUsed the one that failed included
   */
  public static Duration mean(int attemptsUsed) {
    return after(attemptsUsed, 0);
  }

  /**
   * The wait after so many attempts.
   *
   * @param attemptsUsed the one that failed included
   * @param jitter from -1 to below 1: moves the wait by up to a fifth, so that jobs that failed
   *     together do not come back together
   */
  static Duration after(int attemptsUsed, double jitter) {
    if (!(jitter >= -1 && jitter < 1)) {
      throw new IllegalArgumentException("jitter lies from -1 to below 1");
    }
    int doublings = Math.clamp(attemptsUsed - 1, 0, DOUBLINGS_TO_MOST);
    long millis = Math.min(FIRST_MILLIS << doublings, MOST_MILLIS);
    return Duration.ofMillis(millis + Math.round(millis * SPREAD * jitter));
  }
}

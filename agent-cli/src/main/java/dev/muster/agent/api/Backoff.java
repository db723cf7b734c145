package dev.muster.agent.api;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next try: exponential, with full jitter, so that a fleet that lost
 * its server at one moment does not come back at one moment. Not thread-safe: each loop has its
 * own.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Full
 *     jitter</a>
 */
public final class Backoff {
  /** What a server may ask for at most; beyond it, a mistaken header would silence an agent. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

  private final Duration least;
  private final Duration most;
  private final RandomGenerator random;
  private int failures;

  /**
   * A back-off that begins anew.
   *
   * @param least upper bound of the first wait
   * @param most upper bound of every wait
   */
  public Backoff(Duration least, Duration most, RandomGenerator random) {
    this.least = least;
    this.most = most;
    this.random = random;
  }

  /** Forgets all failures. */
  public void reset() {
    failures = 0;
  }

  /** How long to wait after one more failure. */
  public Duration next() {
    return next(null);
  }

  /**
   * How long to wait after one more failure, at least as long as the server asked.
   *
   * @param asked the server's {@code Retry-After}; null when it did not say
   */
  public Duration next(@Nullable Duration asked) {
    long bound = bound().toMillis();
    failures++;
    Duration jittered = Duration.ofMillis(random.nextLong(bound + 1));
    if (asked == null) {
      return jittered;
    }
    Duration floor = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    return floor.plus(Duration.ofMillis(random.nextLong(least.toMillis() + 1)));
  }

  private Duration bound() {
    Duration bound = least.multipliedBy(1L << Math.min(failures, 30));
    return bound.compareTo(most) > 0 ? most : bound;
  }
}

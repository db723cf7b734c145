package dev.muster.domain.scheduling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How attempts of jobs of one type are taken to go: {@code failed} of {@code of} fail.
 *
 * @param fatal how many of those that fail are not followed by another, though there is budget
 * @param completes how long one that completes keeps its slot, more than nothing
 * @param fails how long one that fails does, more than nothing
 */
public record Prospect(long failed, long fatal, long of, Duration completes, Duration fails) {
  private static final long MILLIONTHS = 1_000_000;

  /** What took no time at all would free its slot before it had it. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** Raises times to what is more than nothing. */
  public Prospect {
    if (fatal < 0 || fatal > failed || failed > of || of < 1) {
      throw new IllegalArgumentException("not a share");
    }
    completes = atLeastShortest(completes);
    fails = atLeastShortest(fails);
  }

  /**
   * What is assumed of a type.
   *
   * @param seen what its attempts were like, or null where there were none
   * @param run how long an attempt takes where none was seen that completed
   * @param failures the share that fails, from 0 to 1, whatever was seen; null for what was seen
   */
  public static Prospect of(@Nullable Experience seen, Duration run, @Nullable Double failures) {
    Duration completes = seen == null || seen.completes() == null ? run : seen.completes();
    Duration fails = seen == null || seen.fails() == null ? completes : seen.fails();
    if (failures != null) {
      return new Prospect(Math.round(failures * MILLIONTHS), 0, MILLIONTHS, completes, fails);
    }
    return seen == null || seen.attempts() == 0
        ? new Prospect(0, 0, 1, completes, fails)
        : new Prospect(seen.failed(), seen.fatal(), seen.attempts(), completes, fails);
  }

  /** Of what is left of something, at least what is more than nothing. */
  public static Duration atLeastShortest(Duration duration) {
    return duration.compareTo(SHORTEST) < 0 ? SHORTEST : duration;
  }

  /**
   * What the attempts of jobs of one type were like.
   *
   * @param attempts those that completed or failed
   * @param failed those of them that failed
   * @param fatal those of the failed that were the last though there was budget for another
   * @param completes how long those that completed took on average, or null where none did
   * @param fails how long those that failed took on average, or null where none did
   */
  public record Experience(
      long attempts,
      long failed,
      long fatal,
      @Nullable Duration completes,
      @Nullable Duration fails) {}
}

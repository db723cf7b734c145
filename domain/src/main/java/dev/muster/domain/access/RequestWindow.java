package dev.muster.domain.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The requests of one credential that replicas have taken in advance, in slices: how many in each
 * of the last {@value #SECONDS} seconds, and when the last long slices were. Immutable.
 *
 * <p>A slice is used within its term after it was taken, or not at all. So what is used within any
 * 60 s was taken within 60 s and a term. Short slices, which live for {@link #SHORT}, are counted
 * by the second: in the seconds that such a stretch can touch at most as many are given as the
 * limit says. Long ones, which live for {@link #LONG}, are a twentieth of the limit, and at most
 * two are given within the stretch that theirs can be used in. Together: never more than 110 % of
 * the limit in any 60 s, whoever crashes with slices in its hands, because those stay counted.
 */
public final class RequestWindow {
  /** What the limit is per. */
  public static final Duration MINUTE = Duration.ofMinutes(1);

  /** How long a short slice may be used. */
  public static final Duration SHORT = Duration.ofSeconds(2);

  /** How long a long slice may be used. */
  public static final Duration LONG = Duration.ofSeconds(60);

  /** Two moments no further apart than a minute and a short term lie within as many seconds. */
  public static final int SECONDS = 63;

  /** Longer than a minute and a long term. */
  private static final Duration BETWEEN_THREE_LONG = Duration.ofSeconds(121);

  private static final int LONG_PART = 20;
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final long head;
  private final int[] counts;
  private final long lastLong;
  private final long longBefore;

  private RequestWindow(long head, int[] counts, long lastLong, long longBefore) {
    this.head = head;
    this.counts = counts;
    this.lastLong = lastLong;
    this.longBefore = longBefore;
  }

  /** Nothing was taken. */
  public static RequestWindow empty() {
    return new RequestWindow(0, new int[SECONDS], NEVER, NEVER);
  }

  /**
   * As it was stored.
   *
   * @param head the second since 1970 of the first count
   * @param counts from the newest second back
   * @param lastLong when the last long slice was taken, in milliseconds since 1970
   * @param longBefore when the one before it was
   */
  public static RequestWindow stored(long head, int[] counts, long lastLong, long longBefore) {
    return new RequestWindow(head, Arrays.copyOf(counts, SECONDS), lastLong, longBefore);
  }

  /** The second since 1970 of the first count. */
  public long head() {
    return head;
  }

  /** How many were taken, from the newest second back. */
  public int[] counts() {
    return counts.clone();
  }

  /** When the last long slice was taken, in milliseconds since 1970; long ago where never. */
  public long lastLong() {
    return lastLong;
  }

  /** When the long slice before the last was taken. */
  public long longBefore() {
    return longBefore;
  }

  /** What comes of asking for a slice. */
  public sealed interface Slice {}

  /**
   * Requests that may be let through.
   *
   * @param requests at least one
   * @param term how long from the moment of asking
   * @param after the window with them
   */
  public record Taken(int requests, Duration term, RequestWindow after) implements Slice {}

  /**
   * No room.
   *
   * @param pause until there is some again, at least a second
   */
  public record Full(Duration pause) implements Slice {}

  /**
   * Takes a slice.
   *
   * @param now by the clock that all replicas share; one that steps back takes nothing back
   * @param limit requests a minute
   * @param wanted how many are of use within {@link #SHORT}; a long slice has its own size
   */
  public Slice take(Instant now, int limit, int wanted) {
    if (limit < 1 || wanted < 1) {
      throw new IllegalArgumentException("a limit and a wish are at least 1");
    }
    RequestWindow present = at(now.getEpochSecond());
    long millis = now.toEpochMilli();
    int longSize = limit / LONG_PART;
    if (longSize > 0 && millis - longBefore >= BETWEEN_THREE_LONG.toMillis()) {
      return new Taken(longSize, LONG, present.withLong(Math.max(millis, lastLong)));
    }
    long room = limit - present.sum();
    return room > 0
        ? present.given((int) Math.min(room, wanted))
        : new Full(Duration.ofSeconds(present.secondsUntilRoom(limit)));
  }

  /** The largest slice that it makes sense to want. */
  public static int largestWish(int limit) {
    return Math.max(1, Math.toIntExact(limit * SHORT.toSeconds() / MINUTE.toSeconds()));
  }

  private RequestWindow at(long second) {
    if (second <= head) {
      return this;
    }
    int[] shifted = new int[SECONDS];
    if (second - head < SECONDS) {
      int by = (int) (second - head);
      System.arraycopy(counts, 0, shifted, by, SECONDS - by);
    }
    return new RequestWindow(second, shifted, lastLong, longBefore);
  }

  private RequestWindow withLong(long millis) {
    return new RequestWindow(head, counts, millis, lastLong);
  }

  private Taken given(int requests) {
    int[] more = counts.clone();
    more[0] += requests;
    return new Taken(requests, SHORT, new RequestWindow(head, more, lastLong, longBefore));
  }

  private long sum() {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  private int secondsUntilRoom(int limit) {
    long left = sum();
    for (int oldest = SECONDS - 1; oldest > 0; oldest--) {
      left -= counts[oldest];
      if (left < limit) {
        return SECONDS - oldest;
      }
    }
    return SECONDS;
  }
}

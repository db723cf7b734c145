package dev.muster.wire.caller;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the caller's request id, or makes one. Thread-safe. */
public final class RequestIdRandomness {
  /** The header, in both directions. */
  public static final String HEADER = "X-Request-Id";

  private static final Pattern GOOD = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /**
   * The id of a request.
   *
   * @param presented what the caller sent, or null; what could break a log line is not taken
   */
  public String takeOrMake(@Nullable String presented) {
    return presented != null && GOOD.matcher(presented).matches()
        ? presented
        : UUID.randomUUID().toString();
  }
}

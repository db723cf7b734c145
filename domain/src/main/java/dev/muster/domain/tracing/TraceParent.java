package dev.muster.domain.tracing;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which trace something belongs to, and under which span of it: W3C Trace Context, version 00.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 * @param flags 0 to 3: whether it is recorded (1), whether its id is random (2)
 */
public record TraceParent(String traceId, String spanId, int flags) {
  /** The header, and the field, that it travels in. */
  public static final String NAME = "traceparent";

  /** How long it is as text. */
  public static final int LENGTH = 55;

  /** A later version begins like this one, and may go on after another dash. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
  private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");
  private static final int KNOWN_FLAGS = 3;
  private static final int LONGEST_HEADER = 256;

  /**
   * Holds its parts to their forms.
   *
   * @throws IllegalArgumentException where one has another
   */
  public TraceParent {
    if (!TRACE_ID.matcher(traceId).matches()
        || !SPAN_ID.matcher(spanId).matches()
        || (flags & KNOWN_FLAGS) != flags) {
      throw new IllegalArgumentException("no trace context");
    }
  }

  /**
   * The context in a header of anybody's, or null where it is none that the standard lets us use.
   * Of a later version it takes what it knows; flags that it does not know it forgets.
   */
  public static @Nullable TraceParent parse(@Nullable String header) {
    if (header == null || header.length() < LENGTH || header.length() > LONGEST_HEADER) {
      return null;
    }
    var match = FORM.matcher(header);
    if (!match.matches() || ("00".equals(match.group(1)) && match.group(5) != null)) {
      return null;
    }
    int flags = Integer.parseInt(match.group(4), 16) & KNOWN_FLAGS;
    return new TraceParent(match.group(2), match.group(3), flags);
  }

  /** As it travels: always {@value #LENGTH} characters of version 00. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + spanId + "-0" + flags;
  }
}

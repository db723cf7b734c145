package dev.muster.http.caller;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A W3C trace context, level 1: which trace a request belongs to.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param parentId 16 lower-case hex digits, not all zero
 * @param flags two hex digits
 */
public record TraceParent(String traceId, String parentId, String flags) {
  /** The header. */
  public static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final int MAX_LENGTH = 256;

  /** The context in a header, or null when there is none that the standard lets us use. */
  public static @Nullable TraceParent parse(@Nullable String header) {
    if (header == null || header.length() > MAX_LENGTH) {
      return null;
    }
    var match = FORM.matcher(header);
    if (!match.matches() || ("00".equals(match.group(1)) && match.group(5) != null)) {
      return null;
    }
    return new TraceParent(match.group(2), match.group(3), match.group(4));
  }

  @Override
  public String toString() {
    return "00-" + traceId + "-" + parentId + "-" + flags;
  }
}

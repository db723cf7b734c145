package dev.muster.wire.caller;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tracing.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, for logs and the audit.
 *
 * @param requestId the caller's or ours
 * @param trace the caller's trace, or null
 * @param address the caller's IP address
 * @param userAgent the program that the caller names, cut and printable, or null
 */
public record Origin(
    String requestId, @Nullable TraceParent trace, String address, @Nullable String userAgent) {
  private static final int MAX_USER_AGENT = 256;

  /** Reads it from the headers. */
  public static Origin of(Headers headers, String requestId, String address) {
    return new Origin(
        requestId,
        TraceParent.parse(headers.single(TraceParent.NAME)),
        address,
        printable(headers.single("User-Agent")));
  }

  /** The same, as part of another trace, or of none. */
  public Origin inTrace(@Nullable TraceParent other) {
    return new Origin(requestId, other, address, userAgent);
  }

  /** The part that the audit log keeps. */
  public AuditEntry.Origin forAudit() {
    return new AuditEntry.Origin(address, userAgent, requestId);
  }

  private static @Nullable String printable(@Nullable String userAgent) {
    if (userAgent == null) {
      return null;
    }
    var printable = userAgent.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.substring(0, Math.min(printable.length(), MAX_USER_AGENT));
  }
}

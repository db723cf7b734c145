package dev.muster.domain.audit;

import dev.muster.domain.tenancy.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A head with its signature, as it is kept and exported.
 *
 * @param signature as {@link dev.muster.domain.credential.AuditSignatures} writes it
 */
public record SignedHead(ChainHead head, String signature) {
  private static final String NUMBER = "([0-9]{1,18})";
  private static final String HASH = "([0-9a-f]{64})";
  private static final Pattern LINE =
      Pattern.compile(
          "audit_head tenant=([0-9a-f-]{36}) seq="
              + NUMBER
              + " hash="
              + HASH
              + " removed_through="
              + NUMBER
              + " removed_hash="
              + HASH
              + " broken_at="
              + NUMBER
              + " signed_at=([0-9TZ:.-]{20,30}) signature=([0-9]{1,10}:[0-9a-f]{64})");

  /** As a line to be kept elsewhere. */
  public String toLine() {
    return "audit_head tenant=%s seq=%d hash=%s removed_through=%d removed_hash=%s broken_at=%d"
            .formatted(
                head.tenant(),
                head.seq(),
                head.hash(),
                head.removedThrough(),
                head.removedHash(),
                head.brokenAt())
        + " signed_at=%s signature=%s".formatted(head.signedAt(), signature);
  }

  /** The head in a line, whatever stands around it; empty where there is none. */
  public static Optional<SignedHead> findIn(String line) {
    Matcher form = LINE.matcher(line);
    try {
      return form.find() ? Optional.of(read(form)) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException notOne) {
      return Optional.empty();
    }
  }

  private static SignedHead read(Matcher form) {
    return new SignedHead(
        new ChainHead(
            new TenantId(UUID.fromString(form.group(1))),
            Long.parseLong(form.group(2)),
            new ChainHash(form.group(3)),
            Long.parseLong(form.group(4)),
            new ChainHash(form.group(5)),
            Long.parseLong(form.group(6)),
            Instant.parse(form.group(7))),
        form.group(8));
  }
}

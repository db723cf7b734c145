package dev.muster.domain.enrolment;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that lets agents join a tenant: the system tenant's is a bootstrap token, any other's a
 * registration token.
 *
 * @param prefix what may be shown of it
 * @param uses how many agents have joined with it
 * @param revocationReason why it was revoked, or null
 */
public record EnrolmentToken(
    EnrolmentTokenId id,
    TenantId tenant,
    String prefix,
    String description,
    Constraints constraints,
    int maxUses,
    int uses,
    Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable String revocationReason,
    Instant createdAt,
    String createdBy) {
  /** The longest that a token may live, in hours. */
  public static final int MOST_HOURS = 168;

  /** The most uses that one token may have. */
  public static final int MOST_USES = 100;

  /**
   * Why an agent of these abilities may not join now, or empty where it may. To be said only to
   * someone who holds the token; the use itself is counted by storage, under the same conditions.
   */
  public Optional<EnrolmentRefusal> refusal(Abilities abilities, Instant now) {
    if (revokedAt != null) {
      return Optional.of(EnrolmentRefusal.REVOKED);
    }
    if (!expiresAt.isAfter(now)) {
      return Optional.of(EnrolmentRefusal.EXPIRED);
    }
    if (uses >= maxUses) {
      return Optional.of(EnrolmentRefusal.EXHAUSTED);
    }
    return constraints.refusal(abilities);
  }
}

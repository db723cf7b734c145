package dev.muster.domain.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that was issued to a user.
 *
 * @param prefix what may be shown of it
 * @param scope what it opens of all that its user may do
 * @param expiresAt or null for one that does not expire
 * @param revokedAt or null while nobody took it back
 * @param lastUsedAt or null before its first use; accurate to a minute
 */
public record UserToken(
    TokenId id,
    UserId user,
    String prefix,
    String description,
    TokenScope scope,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  /** Whether it authenticates at a moment. */
  public boolean isLive(Instant now) {
    return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
  }
}

package dev.muster.domain.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that was issued to an agent.
 *
 * @param prefix what may be shown of it
 * @param expiresAt or null for one that does not expire; the end of its grace where another key has
 *     taken its place
 * @param revokedAt or null while nobody took it back
 * @param lastUsedAt or null before its first use; accurate to a minute
 */
public record AgentKey(
    AgentId agent,
    String prefix,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  /** How long the key before may go on at most after a rotation. */
  public static final int MOST_GRACE_HOURS = 24;

  /** How long it does where nobody says otherwise. */
  public static final int DEFAULT_GRACE_HOURS = 1;
}

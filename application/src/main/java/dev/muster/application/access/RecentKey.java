package dev.muster.application.access;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.credential.Tokens;
import dev.muster.domain.fleet.AgentName;
import dev.muster.ports.in.access.Presented;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a credential is remembered by: its hash, as storage keeps it, and whom it was shown for.
 *
 * @param agent the agent that was named beside the key, or null
 * @param name the name under which it was shown, or null
 * @param installation the installation that showed it, or null
 */
record RecentKey(
    TokenHash hash, @Nullable UUID agent, @Nullable AgentName name, @Nullable UUID installation) {
  /**
   * Null for what is never remembered: nothing, contradictions, those who act as others, and the
   * tokens of jobs.
   */
  static @Nullable RecentKey of(Presented presented) {
    return switch (presented) {
      case Presented.Nothing nothing -> null;
      case Presented.Contradiction contradiction -> null;
      case Presented.Token token ->
          isOfJob(token.token()) ? null : of(token.token(), null, token.installation());
      case Presented.ActingAs acting -> null;
      case Presented.AgentKey key -> of(key.key(), key.agent(), key.installation());
      case Presented.NamedAgent named ->
          new RecentKey(TokenHash.of(named.token()), null, named.name(), named.instance());
    };
  }

  private static RecentKey of(Secret secret, @Nullable UUID agent, @Nullable UUID installation) {
    return new RecentKey(TokenHash.of(secret), agent, null, installation);
  }

  /** It is good for its job only, which is not part of it. */
  private static boolean isOfJob(Secret token) {
    return Tokens.kindOf(token).filter(TokenKind.JOB::equals).isPresent();
  }
}

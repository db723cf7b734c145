package dev.muster.domain.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token opens of all that its owner may do. It takes away and never adds: what is allowed is
 * what the role has and the scope lets through.
 *
 * @param permissions or null for all
 * @param actions or null for all
 * @param readOnly whether only what changes nothing is let through
 */
public record TokenScope(
    @Nullable Set<Permission> permissions, @Nullable Set<Action> actions, boolean readOnly) {
  /** All that the owner may do. */
  public static final TokenScope ALL = new TokenScope(null, null, false);

  /** Copies the sets. */
  public TokenScope {
    permissions = permissions == null ? null : Set.copyOf(permissions);
    actions = actions == null ? null : Set.copyOf(actions);
  }

  /** Whether it lets an action through that the owner may do. */
  public boolean allows(Action action) {
    return (permissions == null || permissions.contains(action.permission()))
        && (actions == null || actions.contains(action))
        && (!readOnly || action.onlyLooks());
  }
}

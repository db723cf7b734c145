package dev.muster.domain.audit;

import dev.muster.domain.access.Action;
import java.util.EnumSet;
import java.util.Set;

/** Which actions are reads that are noted only where somebody wants them to be. */
public final class AuditedReads {
  /** Noted always, by those who answer them, and not twice. */
  private static final Set<Action> ALWAYS =
      EnumSet.of(
          Action.TOKEN_LIST,
          Action.USER_LIST_TOKENS,
          Action.AUDIT_QUERY,
          Action.AUDIT_QUERY_ALL,
          Action.AUDIT_EXPORT,
          Action.AUDIT_EXPORT_ALL);

  private AuditedReads() {}

  /** Whether an action is such a read. */
  public static boolean isOptional(Action action) {
    return action.onlyLooks() && !ALWAYS.contains(action);
  }
}

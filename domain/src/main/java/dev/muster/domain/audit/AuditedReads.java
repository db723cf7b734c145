package dev.muster.domain.audit;

import dev.muster.domain.access.Action;
import java.util.Set;

/** Which actions are reads that are noted only where somebody wants them to be. */
public final class AuditedReads {
  /** How the names of reads end. */
  private static final Set<String> READS =
      Set.of("list", "get", "logs", "attempts", "explain", "read", "health", "simulate", "stream");

  /** Noted always, by those who answer them, and not twice. */
  private static final Set<String> ALWAYS =
      Set.of("token.list", "credential.list", "audit.query", "audit.query_all", "audit.export");

  /** What agents ask all the time. */
  private static final Set<String> POLLS = Set.of("update.get");

  private AuditedReads() {}

  /** Whether an action is such a read. */
  public static boolean isOptional(Action action) {
    String name = action.wireName();
    String verb = name.substring(name.indexOf('.') + 1);
    return READS.contains(verb) && !ALWAYS.contains(name) && !POLLS.contains(name);
  }
}

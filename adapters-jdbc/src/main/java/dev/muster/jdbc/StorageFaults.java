package dev.muster.jdbc;

import dev.muster.ports.StorageUnavailable;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells faults of the storage, which pass, from mistakes in a statement, which do not. */
final class StorageFaults {
  private static final int CLASS = 2;

  /**
   * Connections (08), logins that are not let in (28), resources (53), operators (57), system and
   * disk (58).
   */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "28", "53", "57", "58");

  /**
   * Read-only after a failover, timeouts of a transaction, a serialization failure, a deadlock, a
   * lock that did not come.
   */
  private static final Set<String> PASSING_STATES =
      Set.of("25006", "25P03", "25P04", "40001", "40P01", "55P03");

  private StorageFaults() {}

  /** What is thrown in place of {@code failure}: itself, where it did not come from the storage. */
  static RuntimeException translated(RuntimeException failure) {
    SQLException cause = causeIn(failure);
    if (cause == null) {
      return failure;
    }
    return passes(cause)
        ? new StorageUnavailable("the database is not available: " + state(cause), failure)
        : new IllegalStateException("the database refused a statement: " + state(cause), failure);
  }

  /** Whether the connection itself is broken, so that another one may do. */
  static boolean lostConnection(RuntimeException failure) {
    SQLException cause = causeIn(failure);
    if (cause == null) {
      return false;
    }
    String state = state(cause);
    return state.startsWith("08") || state.startsWith("57P") || state.equals("25006");
  }

  private static boolean passes(SQLException cause) {
    String state = state(cause);
    return cause instanceof SQLTransientConnectionException
        || cause instanceof SQLNonTransientConnectionException
        || state.length() >= CLASS && PASSING_CLASSES.contains(state.substring(0, CLASS))
        || PASSING_STATES.contains(state);
  }

  private static String state(SQLException cause) {
    String state = cause.getSQLState();
    return state == null ? "" : state;
  }

  private static @Nullable SQLException causeIn(Throwable failure) {
    Throwable at = failure;
    while (at != null) {
      if (at instanceof SQLException found) {
        return found;
      }
      at = at.getCause();
    }
    return null;
  }
}

package dev.muster.jdbc;

import dev.muster.ports.Outcome;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** One transaction on one connection. Used by the one thread that opened it. */
final class OpenTransaction implements AutoCloseable {
  /** The same as SET LOCAL ROLE, but prepared, and in one round trip with the tenant. */
  private static final String ENTER =
      "SELECT set_config('role', ?, true), set_config('muster.tenant_id', ?, true)";

  private final Handle handle;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final Set<Object> asked = new HashSet<>();
  private Scope scope;
  private boolean toBeUndone;

  private OpenTransaction(Handle handle, Scope scope) {
    this.handle = handle;
    this.scope = scope;
  }

  /**
   * Begins. A connection that turns out to be dead is thrown away and another one tried, as nothing
   * was done yet.
   *
   * @param pooled how many dead connections there can be: all of them, after a failover
   */
  static OpenTransaction begin(Jdbi jdbi, int pooled, Scope scope) {
    for (int dead = 0; ; dead++) {
      Handle handle = connection(jdbi);
      try {
        handle.begin();
        enter(handle, scope);
        return new OpenTransaction(handle, scope);
      } catch (RuntimeException failure) {
        abandon(handle, failure);
        if (dead == pooled || !StorageFaults.lostConnection(failure)) {
          throw StorageFaults.translated(failure);
        }
      }
    }
  }

  /** The pool itself tries for as long as makes sense. */
  private static Handle connection(Jdbi jdbi) {
    try {
      return jdbi.open();
    } catch (RuntimeException failure) {
      throw StorageFaults.translated(failure);
    }
  }

  private static void abandon(Handle handle, RuntimeException failure) {
    try (handle) {
      handle.rollback();
    } catch (RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  Handle handle() {
    return handle;
  }

  List<Runnable> afterCommit() {
    return afterCommit;
  }

  /** Whether this is asked for the first time. */
  boolean isFirst(Object what) {
    return asked.add(what);
  }

  /** Does work in a scope and returns to the present one, whatever the work did. */
  <T> T within(Scope inner, Supplier<T> work) {
    Scope outer = scope;
    try {
      become(inner);
      T result = work.get();
      toBeUndone |= result instanceof Outcome.Refused<?>;
      become(outer);
      return result;
    } catch (RuntimeException | Error failure) {
      toBeUndone = true;
      returnTo(outer, failure);
      throw failure;
    }
  }

  /** If it fails the transaction is aborted: PostgreSQL then does nothing more in any scope. */
  private void returnTo(Scope outer, Throwable failure) {
    try {
      become(outer);
    } catch (RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  private void become(Scope wanted) {
    if (wanted.equals(scope)) {
      return;
    }
    try {
      enter(handle, wanted);
    } catch (RuntimeException failure) {
      throw StorageFaults.translated(failure);
    }
    scope = wanted;
  }

  /** As every transaction does it, without what else is made ready for a statement. */
  private static void enter(Handle handle, Scope scope) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(ENTER)) {
      statement.setString(1, scope.role());
      statement.setString(2, scope.tenant());
      statement.execute();
    } catch (SQLException failure) {
      throw new ConnectionException(failure);
    }
  }

  /**
   * Commits, or undoes where any work threw or was refused.
   *
   * @return whether it was committed
   */
  boolean end() {
    try {
      if (toBeUndone) {
        handle.rollback();
      } else {
        handle.commit();
      }
      return !toBeUndone;
    } catch (RuntimeException failure) {
      throw StorageFaults.translated(failure);
    }
  }

  /** Gives the connection back; what was not committed is undone. */
  @Override
  public void close() {
    try (handle) {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (RuntimeException failure) {
      throw StorageFaults.translated(failure);
    }
  }
}

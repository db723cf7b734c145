package dev.muster.jdbc;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Transactions;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions on PostgreSQL, READ COMMITTED, bound to the thread that opened them. Thread-safe.
 *
 * <p>When inner work is refused or throws, everything is undone at the end, even where the outer
 * work goes on and answers something else: its answer is returned, and nothing is committed.
 *
 * <p>Nothing is tried twice, except to get a connection that works: a serialization failure or a
 * deadlock is a {@link dev.muster.ports.StorageUnavailable} that the caller may try again. A
 * connection lost during the commit is one too, and the only one after which the change may have
 * happened.
 */
public final class JdbcTransactions implements Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcTransactions.class);

  private final ScopedValue<OpenTransaction> current = ScopedValue.newInstance();
  private final Jdbi jdbi;
  private final int pooled;

  /**
   * On a pool.
   *
   * @param pooled how many connections it keeps
   */
  JdbcTransactions(Jdbi jdbi, int pooled) {
    this.jdbi = jdbi;
    this.pooled = pooled;
  }

  @Override
  public <T> T inTenant(TenantId tenant, Supplier<T> work) {
    return within(Scope.of(tenant), work);
  }

  @Override
  public <T> T acrossTenants(Supplier<T> work) {
    return within(Scope.ACROSS_TENANTS, work);
  }

  @Override
  public boolean isOpen() {
    return current.isBound();
  }

  @Override
  public void afterCommit(Runnable action) {
    if (current.isBound()) {
      current.get().afterCommit().add(action);
    } else {
      action.run();
    }
  }

  /**
   * Whether the open transaction is asked this for the first time, for what need be done once in
   * it; always where none is open.
   */
  public boolean isFirst(Object what) {
    return !current.isBound() || current.get().isFirst(what);
  }

  /**
   * Runs the SQL of a port of one tenant: in the open transaction, whatever its scope, or in one of
   * its own. In the scope of another tenant it finds nothing.
   *
   * @throws dev.muster.ports.StorageUnavailable when the database is not available
   * @throws IllegalStateException when the database refuses the statement
   */
  public <T> T forTenant(TenantId tenant, Function<Handle, T> sql) {
    return current.isBound() ? run(sql) : inTenant(tenant, () -> run(sql));
  }

  /**
   * Runs the SQL of a port that works across tenants: in the open transaction, which sees all
   * tenants for that time, or in one of its own.
   *
   * @throws dev.muster.ports.StorageUnavailable when the database is not available
   * @throws IllegalStateException when the database refuses the statement
   */
  public <T> T forAllTenants(Function<Handle, T> sql) {
    return acrossTenants(() -> run(sql));
  }

  /**
   * Runs SQL on what belongs to no tenant, in the open transaction or in one of its own.
   *
   * @throws dev.muster.ports.StorageUnavailable when the database is not available
   * @throws IllegalStateException when the database refuses the statement
   */
  public <T> T inAnyScope(Function<Handle, T> sql) {
    return current.isBound() ? run(sql) : forAllTenants(sql);
  }

  private <T> T run(Function<Handle, T> sql) {
    try {
      return sql.apply(current.get().handle());
    } catch (RuntimeException failure) {
      throw StorageFaults.translated(failure);
    }
  }

  private <T> T within(Scope scope, Supplier<T> work) {
    return current.isBound() ? current.get().within(scope, work) : outermost(scope, work);
  }

  private <T> T outermost(Scope scope, Supplier<T> work) {
    List<Runnable> toDo = List.of();
    T result;
    try (OpenTransaction transaction = OpenTransaction.begin(jdbi, pooled, scope)) {
      result = ScopedValue.where(current, transaction).call(() -> transaction.within(scope, work));
      if (transaction.end()) {
        toDo = transaction.afterCommit();
      }
    }
    toDo.forEach(JdbcTransactions::afterwards);
    return result;
  }

  /** What was committed stays so, whatever becomes of this. */
  private static void afterwards(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      LOG.warn("what was to follow a commit failed", failure);
    }
  }
}

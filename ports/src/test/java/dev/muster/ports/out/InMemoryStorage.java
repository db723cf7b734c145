package dev.muster.ports.out;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the in-memory ports share: one lock, so that transactions come one after another, and the
 * tables, which a transaction that is undone gets back as they were. Thread-safe.
 *
 * <p>The scope of a transaction is kept as well: within one tenant the rows of another are not
 * there, and cannot be written.
 */
public final class InMemoryStorage implements Transactions {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<InMemoryTable<?, ?>> tables = new ArrayList<>();
  private final List<InMemoryTable<?, ?>> counts = new ArrayList<>();
  private @Nullable Open open;

  /** An open transaction. */
  private static final class Open {
    final List<Runnable> afterCommit = new ArrayList<>();
    @Nullable TenantId tenant;
    boolean toBeUndone;
  }

  /** A new table; made before the first transaction. */
  public <K, V> InMemoryTable<K, V> table() {
    InMemoryTable<K, V> table = new InMemoryTable<>();
    tables.add(table);
    return table;
  }

  /** A new table of how often something was tried, which is no less so if it failed. */
  public <K, V> InMemoryTable<K, V> tableOfCounts() {
    InMemoryTable<K, V> table = table();
    counts.add(table);
    return table;
  }

  /** Everything that is stored but for counts, to compare it with what is stored another time. */
  public List<Map<?, ?>> contents() {
    return acrossTenants(() ->
        tables.stream()
            .filter(table -> !counts.contains(table))
            .<Map<?, ?>>map(InMemoryTable::contents)
            .toList());
  }

  @Override
  public <T> T inTenant(TenantId tenant, Supplier<T> work) {
    return within(tenant, work);
  }

  @Override
  public <T> T acrossTenants(Supplier<T> work) {
    return within(null, work);
  }

  @Override
  public boolean isOpen() {
    return lock.isHeldByCurrentThread() && open != null;
  }

  @Override
  public void afterCommit(Runnable action) {
    if (lock.isHeldByCurrentThread() && open instanceof Open transaction) {
      transaction.afterCommit.add(action);
    } else {
      action.run();
    }
  }

  /** Does the work of a port of one tenant: in the open transaction, or in one of its own. */
  public <T> T forTenant(TenantId tenant, Supplier<T> work) {
    return lock.isHeldByCurrentThread() ? work.get() : inTenant(tenant, work);
  }

  /** Does the work of a port across tenants. */
  public <T> T forAllTenants(Supplier<T> work) {
    return acrossTenants(work);
  }

  /** Whether rows of this tenant are there for the open transaction. */
  public boolean sees(TenantId tenant) {
    return open == null || open.tenant == null || open.tenant.equals(tenant);
  }

  /**
   * To be called before a row is added.
   *
   * @throws IllegalStateException where the open transaction is another tenant's
   */
  public void mustSee(TenantId tenant) {
    if (!sees(tenant)) {
      throw new IllegalStateException("a row of " + tenant + " in the scope of " + open);
    }
  }

  private <T> T within(@Nullable TenantId tenant, Supplier<T> work) {
    return lock.isHeldByCurrentThread() && open instanceof Open transaction
        ? inner(transaction, tenant, work)
        : outermost(tenant, work);
  }

  private static <T> T inner(Open transaction, @Nullable TenantId tenant, Supplier<T> work) {
    TenantId outer = transaction.tenant;
    transaction.tenant = tenant;
    try {
      T result = work.get();
      transaction.toBeUndone |= result instanceof Outcome.Refused<?>;
      return result;
    } catch (RuntimeException | Error failure) {
      transaction.toBeUndone = true;
      throw failure;
    } finally {
      transaction.tenant = outer;
    }
  }

  private <T> T outermost(@Nullable TenantId tenant, Supplier<T> work) {
    Open transaction = new Open();
    T result;
    lock.lock();
    try {
      tables.forEach(InMemoryTable::remember);
      open = transaction;
      result = inner(transaction, tenant, work);
    } finally {
      if (transaction.toBeUndone) {
        tables.forEach(InMemoryTable::undo);
      }
      open = null;
      lock.unlock();
    }
    if (!transaction.toBeUndone) {
      transaction.afterCommit.forEach(Runnable::run);
    }
    return result;
  }
}

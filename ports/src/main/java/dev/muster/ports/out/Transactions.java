package dev.muster.ports.out;

import dev.muster.domain.tenancy.TenantId;
import java.util.function.Supplier;

/**
 * Where transactions begin and end. What is done through any other outbound port on the same thread
 * within the work belongs to the transaction.
 *
 * <p>Within an open transaction these methods join it: only whose rows are seen changes for the
 * time of the inner work. The transaction commits when the outermost work returns, and is undone
 * when any work in it throws or returns {@link dev.muster.ports.Outcome.Refused}.
 */
@CrossTenant("it opens the scope that all other ports work in")
public interface Transactions {
  /** Does work that sees and changes one tenant's rows only. */
  <T> T inTenant(TenantId tenant, Supplier<T> work);

  /** Does work across tenants: claiming, sweeping, authenticating, operators' lists. */
  <T> T acrossTenants(Supplier<T> work);

  /** Whether a transaction is open on this thread, which work would join. */
  boolean isOpen();

  /** Does something once the open transaction has committed, or now where none is open. */
  void afterCommit(Runnable action);
}

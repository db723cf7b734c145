package dev.muster.application.fleet;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.WorkerQueries;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.WorkerDirectory;
import dev.muster.ports.out.fleet.Workers;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Looks who is connected. */
public final class WorkerQueryService implements WorkerQueries {
  private final Transactions transactions;
  private final Workers workers;
  private final WorkerDirectory directory;
  private final InstantSource clock;
  private final Duration lease;

  /**
   * Looks in {@code workers}, and for operators in {@code directory}.
   *
   * @param lease agents seen within it are online
   */
  public WorkerQueryService(
      Transactions transactions,
      Workers workers,
      WorkerDirectory directory,
      InstantSource clock,
      Duration lease) {
    this.transactions = transactions;
    this.workers = workers;
    this.directory = directory;
    this.clock = clock;
    this.lease = lease;
  }

  @Override
  public Page<Worker> list(Caller caller, WorkerFilter filter, PageRequest page) {
    Instant onlineSince = clock.instant().minus(lease);
    TenantId tenant = caller.tenant();
    return caller.isOperator()
        ? transactions.acrossTenants(() -> directory.connected(filter, onlineSince, page))
        : transactions.inTenant(tenant, () -> workers.connected(tenant, filter, onlineSince, page));
  }
}

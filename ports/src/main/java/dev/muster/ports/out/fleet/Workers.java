package dev.muster.ports.out.fleet;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.fleet.WorkerQueries.Worker;
import dev.muster.ports.in.fleet.WorkerQueries.WorkerFilter;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;

/** The agents of a tenant that are connected. */
public interface Workers {
  /**
   * Those enabled and seen later than {@code onlineSince}, newest first; of other tenants none,
   * whatever the filter says.
   */
  Page<Worker> connected(
      TenantId tenant, WorkerFilter filter, Instant onlineSince, PageRequest page);
}

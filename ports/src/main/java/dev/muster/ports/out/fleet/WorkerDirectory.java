package dev.muster.ports.out.fleet;

import dev.muster.ports.in.fleet.WorkerQueries.Worker;
import dev.muster.ports.in.fleet.WorkerQueries.WorkerFilter;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;

/** The agents of all tenants that are connected. */
@CrossTenant("operators see who is connected, whose ever it is")
public interface WorkerDirectory {
  /** Those enabled and seen later than {@code onlineSince}, newest first. */
  Page<Worker> connected(WorkerFilter filter, Instant onlineSince, PageRequest page);
}

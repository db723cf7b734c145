package dev.muster.ports.out.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.scheduling.QueueOverview.Count;
import dev.muster.ports.in.scheduling.QueueOverview.Load;
import dev.muster.ports.in.scheduling.QueueOverview.Waits;
import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Numbers over the queue. */
@CrossTenant("the queue is one for all tenants")
public interface QueueStatistics {
  /** What tenants have, with at most so many of them; costs as much as there are tenants. */
  Load load(int mostTenants);

  /** The oldest due job of each pool and priority; costs as much as there are tenants. */
  List<Oldest> oldest();

  /** Counts what waits; reads every job that does. */
  Count count(Instant now, int mostCapabilities);

  /** Keeps a count in place of the one before. */
  void keep(Count count);

  /** The count that was kept last. */
  Optional<Count> kept();

  /**
   * How long jobs waited that were given to agents since a moment.
   *
   * @param sample looks at most so many jobs that ended last, and so many that agents have
   */
  Waits waits(Instant since, int sample);

  /** A job that waits. */
  record Oldest(Pool pool, Priority priority, JobId job, TenantId tenant, Instant queuedAt) {}
}

package dev.muster.ports.out.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where new jobs enter the queues. In one transaction: the entrances are opened, then the jobs are
 * added that there is room for.
 */
@CrossTenant("what many tenants submit at the same moment shares one transaction")
public interface Intake {
  /**
   * Locks the counters of tenants, in their order, until the transaction ends.
   *
   * @return an entrance for each tenant that there is
   */
  Map<TenantId, Entrance> open(Collection<TenantId> tenants);

  /**
   * Adds jobs of tenants whose entrances are open, and counts those that are queued. Whoever adds
   * them has looked at the room.
   *
   * @param jobs new ones that are queued, or ended before they could be
   * @param now those that are available by then stand in their lanes at once
   * @return how the tenants stand that have more queued jobs than before
   */
  List<TenantStanding> add(List<Job> jobs, Instant now);

  /**
   * What a tenant's new jobs are held to.
   *
   * @param open whether the tenant is active
   * @param room how many more its queue takes; below 1 where it takes none
   * @param pool whose agents take the jobs
   * @param workerType which agents take the jobs
   */
  record Entrance(boolean open, int room, Pool pool, String workerType) {}
}

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
 * Where new jobs enter the queues. In one transaction: somebody looks how much room there is, then
 * adds as many jobs. Who looked without a lock may have been overtaken by others meanwhile; who
 * locked may not.
 */
@CrossTenant("what many tenants submit at the same moment shares one transaction")
public interface Intake {
  /** An entrance for each tenant that there is, as it is at this moment. */
  Map<TenantId, Entrance> look(Collection<TenantId> tenants);

  /** The same, and the counters of the tenants are locked until the transaction ends. */
  Map<TenantId, Entrance> lock(Collection<TenantId> tenants);

  /**
   * Adds jobs, and counts those that are queued. Nobody else waits for the counters of their
   * tenants before that is done.
   *
   * @param jobs new ones that are queued, or ended before they could be
   * @param now those that are available by then stand in their lanes at once
   * @return how the tenants stand that have more queued jobs than before
   * @throws Overtaken and the transaction is undone, where one of them is suspended or has less
   *     room by now
   */
  List<TenantStanding> add(List<Job> jobs, Instant now);

  /** Others took the room that was seen. */
  final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says so. */
    public Overtaken() {
      super("a queue has less room than was seen");
    }
  }

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

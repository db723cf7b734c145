package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.Grant;
import dev.muster.domain.scheduling.QueueView;
import dev.muster.domain.scheduling.TenantLoad;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.CrossTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The queue of all tenants. */
@CrossTenant("claiming looks for the best job over all tenants")
public interface JobQueue {
  /**
   * What there is to plan with. Read without locks: it may be a moment old.
   *
   * @param agentTenants the tenants of the agents that seek; the system tenant stands for the
   *     shared pool
   * @param window how many jobs of each lane at most
   * @param onlineSince agents seen later than this are online
   */
  QueueView view(
      Set<TenantId> agentTenants,
      int window,
      Instant now,
      Instant onlineSince,
      Duration regionPatience);

  /** How much of its cap a tenant has in use; a suspended tenant has no room. */
  Optional<TenantLoad> loadOf(TenantId tenant);

  /**
   * Carries out a plan under conditions: the job is queued and due, its tenant active and below its
   * cap, the agent enabled, not draining and below its most. What does not hold is left out.
   *
   * @return the jobs that were assigned, with their new attempt and lease
   */
  List<LeasedJob> assign(List<Assignment> plan, Instant now, Instant leaseUntil);

  /** Jobs assigned to agents under these claim ids and not yet started. */
  List<LeasedJob> assignedUnder(Map<AgentId, String> claimIds);

  /** A grant, and the claim that it answers, or null where the agent named none. */
  record Assignment(Grant grant, @Nullable String claimId) {}
}

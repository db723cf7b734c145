package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.AgentCrowd;
import dev.muster.domain.scheduling.LaneEnd;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue of all tenants. What is read is read without locks and may be a moment old; what is
 * written is written under conditions, so that an old reading costs an attempt and nothing else.
 */
@CrossTenant("claiming looks for the best job over all tenants")
public interface JobQueue {
  /** How every tenant stands that has anything queued or running. */
  List<TenantStanding> standings();

  /** How one tenant stands. */
  Optional<TenantStanding> standingOf(TenantId tenant);

  /**
   * The first jobs of every lane of some tenants.
   *
   * @param window how many of each lane at most
   * @return of each tenant all lanes in which a job waits
   */
  Map<TenantId, List<LaneStart>> lanes(Set<TenantId> tenants, int window);

  /** The jobs that come next in a lane, at most so many. */
  List<QueuedJob> after(LaneEnd end, int most);

  /**
   * Which agents are online and take work.
   *
   * @param since agents seen later than this are online
   */
  OnlineAgents online(Instant since);

  /**
   * All agents of an owner, online or not, those that are alike together.
   *
   * @param owner a tenant for its own agents, the system tenant for the shared pool
   * @param since agents seen later than this are online
   */
  List<AgentCrowd> crowds(TenantId owner, Instant since);

  /**
   * Carries out a plan under conditions: the job is queued and due, its tenant active and below its
   * cap, the agent enabled, not draining and below its most. What does not hold is left out.
   */
  Execution execute(List<Assignment> plan, Instant now, Instant leaseUntil);

  /** Jobs assigned to agents under these claim ids and not yet started. */
  List<LeasedJob> assignedUnder(Map<AgentId, String> claimIds);

  /** A part of a plan, and the claim that it answers, or null where the agent named none. */
  record Assignment(Planned planned, @Nullable String claimId) {}

  /**
   * What became of a plan.
   *
   * @param started the jobs that were assigned, with their new attempt and lease, in the plan's
   *     order
   * @param waiting what could not start and still waits, because its tenant or agent had no room,
   *     or because somebody was holding it just then. What is in neither was no longer there to be
   *     started.
   * @param standings how the tenants stand of which jobs started
   */
  record Execution(List<LeasedJob> started, List<Planned> waiting, List<TenantStanding> standings) {
    /** Nothing was planned. */
    public static final Execution NOTHING = new Execution(List.of(), List.of(), List.of());
  }

  /**
   * The agents that are online and take work.
   *
   * @param kinds one seeker for each kind of agent, free or not: of those alike, one that has a
   *     free slot where any has
   * @param sharedCapacity how many jobs the shared pool's can have at once
   */
  record OnlineAgents(List<Seeker> kinds, int sharedCapacity) {
    /** Nobody. */
    public static final OnlineAgents NONE = new OnlineAgents(List.of(), 0);
  }
}

package dev.muster.domain.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one replica remembers of the queue, and plans with.
 *
 * <p>It is told what storage says, and may be behind or ahead of it: then a plan is not carried out
 * wholly, and what did not hold comes back with {@link #settled}. How much is remembered of a lane
 * is bounded; what storage has beyond is asked for before it is needed. For one thread.
 */
public final class Backlog {
  private static final int MOST_PER_LANE = 512;
  private static final int FEW_LEFT = 16;

  private final FairTurns turns = new FairTurns();
  private final QueueMemory memory;
  private final Planner planner;
  private List<Planned> unsettled = List.of();

  /**
   * A memory that knows nothing yet.
   *
   * @param slack how many starts a tenant may be ahead of the one that is furthest behind
   */
  public Backlog(int slack) {
    this(slack, MOST_PER_LANE, FEW_LEFT);
  }

  Backlog(int slack, int mostPerLane, int fewLeft) {
    memory = new QueueMemory(turns, slack, mostPerLane, fewLeft);
    planner = new Planner(turns);
  }

  /** What is counted of a tenant; a reading that is older than the one known is not taken. */
  public void standing(TenantStanding reading) {
    memory.note(memory.hear(reading));
  }

  /**
   * A complete reading: all tenants with anything queued or running. Others are forgotten, unless
   * something was heard of them since the complete reading before: the reading may be the older.
   */
  public void standings(Collection<TenantStanding> all) {
    Set<TenantId> listed = new HashSet<>();
    for (TenantStanding reading : all) {
      listed.add(reading.tenant());
      standing(reading);
    }
    memory.forgetAllBut(listed);
  }

  /** How many jobs of a tenant are known to have come; 0 for a tenant that is not known. */
  public long arrivals(TenantId id) {
    TenantBacklog tenant = memory.find(id);
    return tenant == null ? 0 : tenant.standing().arrivals();
  }

  /** Whether no tenant has anything queued that it may start. */
  public boolean isIdle() {
    return memory.isIdle();
  }

  /** The tenants that have something queued and whose lanes are not known up to all arrivals. */
  public Set<TenantId> unread() {
    return memory.unread();
  }

  /**
   * All lanes of a tenant; replaces what was remembered of them. Passed over where the tenant is
   * not known (any more).
   *
   * @param arrivals as counted before the lanes were read
   */
  public void read(TenantId id, long arrivals, List<LaneStart> lanes) {
    TenantBacklog tenant = memory.find(id);
    if (tenant == null) {
      return;
    }
    tenant.lanes().clear();
    for (LaneStart start : lanes) {
      if (!start.first().isEmpty()) {
        memory.lane(tenant, start.first().getFirst()).fill(start.first(), start.whole());
      }
    }
    tenant.knows(arrivals);
    memory.note(tenant);
  }

  /**
   * A submit that this replica has committed.
   *
   * @param after the tenant's standing, as the submit left it
   * @param jobs all that came into the tenant's lanes with it
   */
  public void arrived(TenantStanding after, List<QueuedJob> jobs) {
    TenantBacklog tenant = memory.hear(after);
    if (tenant.arrivalsKnown() < after.arrivals()) {
      boolean nothingElse = after.queued() == jobs.size();
      if (nothingElse || tenant.arrivalsKnown() == after.arrivals() - jobs.size()) {
        tenant.knows(after.arrivals());
      }
      jobs.forEach(job -> memory.lane(tenant, job).offer(job));
    }
    memory.note(tenant);
  }

  /**
   * A job waits no more, without having been started.
   *
   * @param after the tenant's standing without it
   */
  void left(TenantStanding after, QueuedJob job) {
    TenantBacklog tenant = memory.hear(after);
    memory.lane(tenant, job).window().remove(job);
    memory.note(tenant);
  }

  /** Lanes of which storage has more than is remembered, with little left here. */
  public List<LaneEnd> runningLow() {
    return memory.runningLow();
  }

  /**
   * What follows in a lane. Passed over where the lane was read anew or further meanwhile.
   *
   * @param next the next jobs behind the end, in order
   * @param whole whether nothing stands behind them
   */
  public void continued(LaneEnd end, List<QueuedJob> next, boolean whole) {
    TenantBacklog tenant = memory.find(end.last().tenant());
    if (tenant != null) {
      memory.lane(tenant, end.last()).goOn(end.last(), next, whole);
      memory.note(tenant);
    }
  }

  /**
   * Which jobs go to which agents now, pool by pool, in the order of the decisions. Takes the slots
   * of {@code agents}; the jobs are remembered no more, unless they come back with {@link
   * #settled}. Where the plan before was never settled, all of it comes back first.
   */
  public List<Planned> plan(WaitingAgents agents, Circumstances circumstances) {
    settled(List.of(), unsettled);
    unsettled = planner.plan(memory, agents, circumstances);
    return unsettled;
  }

  /**
   * What became of the last plan. What it planned and is not returned has started, or is gone.
   *
   * @param fresh the standings that carrying it out returned
   * @param returned what could not start but still waits
   */
  public void settled(Collection<TenantStanding> fresh, Collection<Planned> returned) {
    Set<TenantBacklog> touched = new LinkedHashSet<>();
    fresh.forEach(reading -> touched.add(memory.hear(reading)));
    Set<JobId> waiting = new HashSet<>();
    returned.forEach(planned -> waiting.add(planned.job().id()));
    for (Planned planned : unsettled) {
      TenantBacklog tenant = memory.find(planned.job().tenant());
      if (tenant != null) {
        tenant.settled();
        settle(tenant, planned.job(), waiting.contains(planned.job().id()));
        touched.add(tenant);
      }
    }
    unsettled = List.of();
    touched.forEach(memory::note);
  }

  private void settle(TenantBacklog tenant, QueuedJob job, boolean waits) {
    Lane lane = memory.lane(tenant, job);
    if (waits) {
      lane.offer(job);
    } else {
      // Here again where the lanes were read while the plan was being carried out.
      lane.window().remove(job);
    }
  }
}

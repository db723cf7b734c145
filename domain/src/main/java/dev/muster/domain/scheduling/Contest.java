package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The slots of one pool's waiting agents, and the tenants that would have them, in one plan. */
final class Contest {
  private final WaitingAgents agents;
  private final Fleet fleet;
  private final PoolView pool;
  private final List<Start> starts;
  private final long plan;
  private final int slack;

  Contest(
      WaitingAgents agents, Fleet fleet, PoolView pool, List<Start> starts, long plan, int slack) {
    this.agents = agents;
    this.fleet = fleet;
    this.pool = pool;
    this.starts = starts;
    this.plan = plan;
    this.slack = slack;
  }

  /** Between the tenants of the shared pool, by the rule. */
  void share(Collection<TenantBacklog> tenants, FairTurns turns, long capacity) {
    List<Contender> contenders = new ArrayList<>();
    // Whoever starts here runs here, so the sum stays the same for the whole plan.
    long weights = 0;
    for (TenantBacklog tenant : tenants) {
      Contender contender = tenant.contender();
      contender.begin(plan, slack);
      boolean contends = isReady(contender);
      if (contends) {
        turns.learnFrom(contender);
        contenders.add(contender);
      }
      if (contends || contender.runningShared > 0 || couldStart(contender)) {
        weights += contender.weight;
      }
    }
    while (!contenders.isEmpty() && fleet.hasSlots()) {
      Contender next = turns.next(contenders, weights, capacity);
      if (start(next)) {
        contenders.removeIf(this::isOut);
      } else if (next.lane == null) {
        contenders.remove(next);
      }
    }
  }

  /** For the one tenant that has this pool for itself: by the formula alone. */
  void serve(Contender contender) {
    contender.begin(plan, slack);
    boolean ready = isReady(contender);
    while (ready && fleet.hasSlots()) {
      start(contender);
      ready = !isOut(contender);
    }
  }

  private boolean isReady(Contender contender) {
    if (!contender.hasRoom()) {
      return false;
    }
    contender.findNext(pool);
    return contender.lane != null;
  }

  private boolean couldStart(Contender contender) {
    if (contender.hasRoom()) {
      for (Lane lane : contender.tenant.lanes()) {
        if (lane.shape().pool() == pool.pool()
            && !lane.window().isEmpty()
            && pool.isAnyoneAble(lane, contender.tenant.standing().slug())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Starts the contender's next job; whether a group of agents has become full with that. */
  private boolean start(Contender contender) {
    Lane lane = contender.lane;
    AgentGroup group = Match.leastLoaded(contender.groups);
    if (lane == null || group == null) {
      throw new IllegalStateException("started without a job or a slot");
    }
    starts.add(new Start(contender, lane.takeFirst(), agents.take(fleet, group)));
    contender.start(pool.pool() == Pool.SHARED);
    contender.lane = null;
    if (contender.hasRoom()) {
      contender.findNext(pool);
    }
    return group.isFull();
  }

  /** Whether nothing is left to start; looks for another job where the agents of one are full. */
  private boolean isOut(Contender contender) {
    if (contender.lane != null && !Match.haveSlots(contender.groups)) {
      contender.findNext(pool);
    }
    return contender.lane == null;
  }
}

package dev.muster.domain.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The slots of one pool's waiting agents, and the tenants that would have them, in one plan. */
final class Contest {
  private final WaitingAgents agents;
  private final Fleet fleet;
  private final PoolView pool;
  private final List<Start> starts;

  Contest(WaitingAgents agents, Fleet fleet, PoolView pool, List<Start> starts) {
    this.agents = agents;
    this.fleet = fleet;
    this.pool = pool;
    this.starts = starts;
  }

  /** Between the tenants of the shared pool, by the rule. */
  void share(Roster roster, FairTurns turns, Entrants entrants, long capacity) {
    entrants.clear();
    // Whoever starts here runs here, so the sum stays the same for the whole plan.
    long weights = enter(roster, turns, entrants);
    for (int i = 0; i < entrants.size; i++) {
      entrants.belowShare[i] = entrants.contenders[i].isBelowShare(weights, capacity);
    }
    while (entrants.size > 0 && fleet.hasSlots()) {
      int turn = turns.next(entrants);
      Contender contender = entrants.contenders[turn];
      contender.startShared(entrants.virtualTimes[turn]);
      boolean full = start(contender, entrants.heads[turn]);
      entrants.virtualTimes[turn] = contender.virtualTime();
      entrants.belowShare[turn] = contender.isBelowShare(weights, capacity);
      goOn(turn, contender.next(pool), entrants);
      if (full) {
        lookForOthers(entrants);
      }
    }
  }

  /** For the one tenant that has this pool for itself: by the formula alone. */
  void serve(Contender contender) {
    Head next = contender.nextDedicated(pool);
    while (next != null) {
      contender.start();
      start(contender, next);
      next = contender.nextDedicated(pool);
    }
  }

  /** Lists whoever has a job that fits; answers the weights of all that run here or could. */
  private long enter(Roster roster, FairTurns turns, Entrants entrants) {
    long weights = roster.weightsRunning();
    List<Contender> ready = roster.ready();
    for (int i = 0; i < ready.size(); i++) {
      Contender contender = ready.get(i);
      Head head = contender.next(pool);
      if (head != null) {
        turns.learnFrom(contender);
        entrants.add(contender, head, head.rank(pool.now()));
      }
      if (!contender.runsInSharedPool() && contender.couldStart()) {
        weights += contender.weight();
      }
    }
    return weights;
  }

  /** Starts the contender's next job; whether a group of agents has become full with that. */
  private boolean start(Contender contender, Head head) {
    AgentGroup group = head.fit.leastLoaded();
    if (group == null) {
      throw new IllegalStateException("no slot is free");
    }
    starts.add(new Start(contender, head.lane.takeFirst(), agents.take(fleet, group)));
    if (group.isFull()) {
      pool.groupIsFull();
    }
    return group.isFull();
  }

  private void goOn(int index, @Nullable Head next, Entrants entrants) {
    if (next == null) {
      entrants.remove(index);
    } else {
      entrants.next(index, next, next.rank(pool.now()));
    }
  }

  /** Where no agent is left for the job that would have been next, another may fit one. */
  private void lookForOthers(Entrants entrants) {
    for (int i = entrants.size - 1; i >= 0; i--) {
      if (!entrants.heads[i].fit.isOpen(pool.moment())) {
        goOn(i, entrants.contenders[i].next(pool), entrants);
      }
    }
  }
}

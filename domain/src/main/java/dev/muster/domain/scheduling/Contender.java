package dev.muster.domain.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant in one plan: its counts with what the plan has started, and the job that it would start
 * next. The fields are open to the contest, which goes through all contenders for each grant.
 */
final class Contender {
  final TenantBacklog tenant;
  int weight;
  int cap;
  int running;
  int runningShared;
  long virtualTime;
  long cost;

  /** What it may be ahead of the smallest virtual time. */
  long slack;

  private long plan;
  private long floor;
  private int starts;

  /** The lane of its next job, or null where it has none that fits a free slot. */
  @Nullable Lane lane;

  List<AgentGroup> groups = List.of();
  private long rank;
  private long queuedAt;
  private long idHigh;
  private long idLow;

  Contender(TenantBacklog tenant) {
    this.tenant = tenant;
  }

  /**
   * Forgets what the plan before started; once in each plan.
   *
   * @param plan its number
   */
  void begin(long plan, int slackInStarts) {
    if (plan == this.plan) {
      return;
    }
    this.plan = plan;
    TenantStanding standing = tenant.standing();
    weight = standing.weight();
    cap = standing.open() ? standing.cap() : 0;
    running = standing.running();
    runningShared = standing.runningShared();
    virtualTime = tenant.virtualTime();
    cost = standing.startCost();
    slack = slackInStarts * TenantStanding.FULL_COST / weight;
    floor = virtualTime;
    starts = 0;
    lane = null;
  }

  boolean hasRoom() {
    return running < cap;
  }

  /** Whether it runs less than its weight's part of the pool. */
  boolean isBelowShare(long weights, long capacity) {
    return runningShared * weights < weight * capacity;
  }

  void start(boolean shared) {
    running++;
    if (shared) {
      runningShared++;
    }
    // Counted back to before the first start: with all starts on top it comes to the same.
    floor = virtualTime - starts * cost;
    virtualTime += cost;
    starts++;
  }

  /** The virtual time before this plan's first start, with what starts were raised by since. */
  long floor() {
    return floor;
  }

  /** Its best job by the formula that fits a free slot of the pool's waiting agents. */
  void findNext(PoolView pool) {
    lane = null;
    List<Lane> lanes = tenant.lanes();
    for (int i = 0; i < lanes.size(); i++) {
      Lane other = lanes.get(i);
      JobWindow window = other.window();
      if (other.shape().pool() != pool.pool() || window.isEmpty()) {
        continue;
      }
      List<AgentGroup> fitting = pool.groups(other, tenant.standing().slug());
      if (Match.haveSlots(fitting)) {
        offer(other, window, fitting, pool);
      }
    }
  }

  /** Whether its next job goes before another's by the formula; both must have one. */
  boolean isBefore(Contender other) {
    int byRank = Long.compare(rank, other.rank);
    return byRank != 0
        ? byRank < 0
        : JobWindow.order(queuedAt, idHigh, idLow, other.queuedAt, other.idHigh, other.idLow) < 0;
  }

  private void offer(Lane other, JobWindow window, List<AgentGroup> fitting, PoolView pool) {
    long otherRank = pool.rank(other);
    if (lane == null || otherRank < rank || (otherRank == rank && isElder(window))) {
      lane = other;
      groups = fitting;
      rank = otherRank;
      queuedAt = window.queuedAt(0);
      idHigh = window.idHigh(0);
      idLow = window.idLow(0);
    }
  }

  private boolean isElder(JobWindow window) {
    return JobWindow.order(
            window.queuedAt(0), window.idHigh(0), window.idLow(0), queuedAt, idHigh, idLow)
        < 0;
  }
}

package dev.muster.domain.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * A tenant as plans look at it: its counts, with what the last plan has started until that is
 * settled, and the heads of its lanes. All that a plan reads of a tenant that it does not start is
 * here, because it goes through many for each grant.
 */
final class Contender {
  private final TenantBacklog tenant;
  private final Heads shared = new Heads();
  private int weight;
  private int cap;
  private int running;
  private int runningShared;
  private long virtualTime;
  private long cost;
  private long slack;
  private long floor;
  private int starts;

  Contender(TenantBacklog tenant) {
    this.tenant = tenant;
  }

  /** Takes over how the tenant stands; what a plan started is forgotten. */
  void refresh(int slackInStarts) {
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
    shared.change();
  }

  TenantBacklog tenant() {
    return tenant;
  }

  int weight() {
    return weight;
  }

  long virtualTime() {
    return virtualTime;
  }

  /** What a start adds to the virtual time. */
  long cost() {
    return cost;
  }

  /** What the virtual time may be ahead of the smallest. */
  long slack() {
    return slack;
  }

  boolean hasRoom() {
    return running < cap;
  }

  boolean runsInSharedPool() {
    return runningShared > 0;
  }

  /** Whether it runs less than its weight's part of the pool. */
  boolean isBelowShare(long weights, long capacity) {
    return runningShared * weights < weight * capacity;
  }

  /** Whether some agent could take one of its jobs for the shared pool, now or later. */
  boolean couldStart() {
    return hasRoom() && shared.isAnyoneAble();
  }

  /** Its best job for the shared pool that fits a free slot, or null. */
  @Nullable Head next(PoolView pool) {
    return hasRoom() ? shared.best(pool, tenant) : null;
  }

  /** Its best job for its own pool that fits a free slot, or null. */
  @Nullable Head nextDedicated(PoolView pool) {
    return hasRoom() ? new Heads().best(pool, tenant) : null;
  }

  void startShared(long raisedVirtualTime) {
    runningShared++;
    virtualTime = raisedVirtualTime;
    start();
    shared.change();
  }

  /** A start in any pool. */
  void start() {
    running++;
    // Counted back to before the first start: with all starts on top it comes to the same.
    floor = virtualTime - starts * cost;
    virtualTime += cost;
    starts++;
  }

  /** The virtual time before this plan's first start, with what starts were raised by since. */
  long floor() {
    return floor;
  }
}

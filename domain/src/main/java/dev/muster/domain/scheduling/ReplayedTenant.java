package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;

/** A tenant in a {@link Simulation}: counts what storage would count. */
final class ReplayedTenant {
  private final TenantStanding first;
  private long version;
  private int queued;
  private int running;
  private int runningShared;
  private long virtualTime;
  private long arrivals;

  /** A tenant without jobs, which are then added. */
  ReplayedTenant(TenantStanding first) {
    this.first = first;
    this.version = first.version();
    this.virtualTime = first.virtualTime();
    this.arrivals = first.arrivals();
  }

  /** A job is queued, due or not. */
  void queues() {
    queued++;
    version++;
  }

  /** One of those queued has become due. */
  void arrives() {
    arrivals++;
    version++;
  }

  /** One of those queued waits no more. */
  void loses() {
    queued--;
    version++;
  }

  void runs(Pool pool) {
    running++;
    runningShared += inShared(pool);
  }

  void starts(Planned planned) {
    queued--;
    runs(planned.job().pool());
    virtualTime = Math.max(virtualTime, planned.virtualTimeFloor()) + first.startCost();
    version++;
  }

  void ends(Pool pool) {
    running--;
    runningShared -= inShared(pool);
    version++;
  }

  TenantStanding standing() {
    return new TenantStanding(
        first.tenant(),
        first.slug(),
        version,
        first.open(),
        queued,
        running,
        runningShared,
        first.cap(),
        first.weight(),
        virtualTime,
        arrivals);
  }

  private static int inShared(Pool pool) {
    return pool == Pool.SHARED ? 1 : 0;
  }
}

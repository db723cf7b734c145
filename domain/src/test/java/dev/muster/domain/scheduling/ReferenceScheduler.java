package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fairness between tenants as it is written down, everything over again for each grant: slow, and
 * meant to be seen to be right. It is shown the whole queue each time; what it remembers is the
 * clock, and who was in the shared pool when it last looked. Production is held against it.
 */
public final class ReferenceScheduler {
  /** A tenant with all that it has queued and due. */
  public record Tenant(TenantStanding standing, List<QueuedJob> queued) {}

  /** An agent that waits, with the random number that orders equals. */
  public record Waiting(Seeker seeker, long lot) {}

  private final int slack;
  private long clock;
  private Set<TenantId> inSharedPool = new HashSet<>();
  private final Map<TenantId, Long> raisedTo = new HashMap<>();

  public ReferenceScheduler(int slack) {
    this.slack = slack;
  }

  /**
   * Looks at the queue: who is new in the shared pool, or returns to it, is raised to the clock.
   */
  public void look(Collection<Tenant> queue) {
    Set<TenantId> there = new HashSet<>();
    for (Tenant tenant : queue) {
      boolean queued = tenant.queued().stream().anyMatch(job -> job.pool() == Pool.SHARED);
      if (queued || tenant.standing().runningShared() > 0) {
        there.add(tenant.standing().tenant());
      }
    }
    raisedTo.keySet().retainAll(there);
    for (TenantId tenant : there) {
      if (!inSharedPool.contains(tenant)) {
        raisedTo.put(tenant, clock);
      }
    }
    inSharedPool = there;
  }

  /** All grants that can be made, the shared pool's first, each as if it were the only one. */
  public List<Planned> plan(
      Collection<Tenant> queue, Collection<Waiting> agents, Circumstances circumstances) {
    look(queue);
    ReferencePlan plan = new ReferencePlan(queue, agents, circumstances, this::known);
    while (grantShared(plan)) {
      // Once more, from the beginning.
    }
    while (grantDedicated(plan)) {
      // Once more, from the beginning.
    }
    return plan.planned();
  }

  /** A tenant's virtual time in storage, or as raised when it came. */
  private long known(Tenant tenant) {
    return Math.max(
        tenant.standing().virtualTime(), raisedTo.getOrDefault(tenant.standing().tenant(), 0L));
  }

  private boolean grantShared(ReferencePlan plan) {
    Map<Tenant, QueuedJob> next = new LinkedHashMap<>();
    for (Tenant tenant : plan.tenants()) {
      QueuedJob best = plan.best(tenant, Pool.SHARED);
      if (best != null) {
        next.put(tenant, best);
      }
    }
    if (next.isEmpty()) {
      return false;
    }
    moveClock(next.keySet(), plan);
    Tenant tenant = turn(next, plan);
    plan.start(tenant, next.get(tenant));
    return true;
  }

  private void moveClock(Set<Tenant> candidates, ReferencePlan plan) {
    for (Tenant tenant : candidates) {
      // Whoever planned this tenant's last start saw at least this at it.
      long cost = tenant.standing().startCost();
      clock = Math.max(clock, plan.virtualTime(tenant) - slack(tenant) - cost);
    }
    for (Tenant tenant : candidates) {
      plan.raise(tenant, clock - 100 * tenant.standing().startCost());
    }
  }

  private Tenant turn(Map<Tenant, QueuedJob> next, ReferencePlan plan) {
    long weights = plan.weights();
    List<Tenant> belowShare =
        next.keySet().stream().filter(tenant -> isBelow(tenant, weights, plan)).toList();
    Collection<Tenant> among = belowShare.isEmpty() ? next.keySet() : belowShare;
    long smallest = among.stream().mapToLong(plan::virtualTime).min().orElseThrow();
    clock = Math.max(clock, smallest);

    Comparator<Tenant> byFormula = Comparator.comparing(next::get, plan.formula());
    Comparator<Tenant> byVirtualTime = Comparator.comparing(plan::virtualTime);
    Comparator<Tenant> byVirtualTimeThenFormula = byVirtualTime.thenComparing(byFormula);
    Optional<Tenant> first =
        belowShare.stream()
            .filter(tenant -> plan.virtualTime(tenant) <= smallest + slack(tenant))
            .min(byFormula);
    Optional<Tenant> second = belowShare.stream().min(byVirtualTimeThenFormula);
    Optional<Tenant> third = next.keySet().stream().min(byVirtualTimeThenFormula);
    return first.or(() -> second).or(() -> third).orElseThrow();
  }

  private long slack(Tenant tenant) {
    return slack * TenantStanding.FULL_COST / tenant.standing().weight();
  }

  /** A tenant has its own pool for itself: no share to keep to, and nobody to wait for. */
  private static boolean grantDedicated(ReferencePlan plan) {
    for (Tenant tenant : plan.tenants()) {
      QueuedJob best = plan.best(tenant, Pool.DEDICATED);
      if (best != null) {
        plan.start(tenant, best);
        return true;
      }
    }
    return false;
  }

  /** running there < weight ÷ sum of weights × capacity. */
  private static boolean isBelow(Tenant tenant, long weights, ReferencePlan plan) {
    return plan.runningShared(tenant) * weights
        < (long) tenant.standing().weight() * plan.sharedCapacity();
  }
}

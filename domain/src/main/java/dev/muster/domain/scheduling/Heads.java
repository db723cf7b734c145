package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.TenantSlug;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The heads of a tenant's lanes for one pool, in the order of the formula. Sorted only when one has
 * changed, or when time has changed their order: otherwise a plan just takes the first that fits.
 */
final class Heads {
  private final List<Head> inOrder = new ArrayList<>(4);
  private boolean stale = true;
  private boolean able;
  private long steadyUntil;
  private Matches.@Nullable State sortedIn;

  // What is nearly always asked for, at hand: every further object is a wait for memory.
  private @Nullable Head first;
  private Fit firstFit = Fit.NONE;

  /** One of the lanes has changed. */
  void change() {
    stale = true;
  }

  /** The best head that fits an agent with a free slot, or null. */
  @Nullable Head best(PoolView pool, TenantBacklog tenant) {
    if (stale || sortedIn != pool.state() || steadyUntil < pool.now()) {
      sort(pool, tenant);
    }
    return firstFit.isOpen(pool.moment()) ? first : bestOfOthers(pool);
  }

  /** Whether any agent could take one of these jobs; as of the last {@link #best}. */
  boolean isAnyoneAble() {
    return able;
  }

  private @Nullable Head bestOfOthers(PoolView pool) {
    for (int i = 1; i < inOrder.size(); i++) {
      Head head = inOrder.get(i);
      if (head.fit.isOpen(pool.moment())) {
        return head;
      }
    }
    return null;
  }

  private void sort(PoolView pool, TenantBacklog tenant) {
    TenantSlug slug = tenant.standing().slug();
    inOrder.clear();
    able = false;
    for (Lane lane : tenant.lanes()) {
      if (lane.shape().pool() == pool.pool() && !lane.window().isEmpty()) {
        inOrder.add(pool.head(lane, slug));
        able |= lane.match(pool.matches(), slug).able();
      }
    }
    inOrder.sort(pool.order());
    first = inOrder.isEmpty() ? null : inOrder.getFirst();
    firstFit = first == null ? Fit.NONE : first.fit;
    steadyUntil = steadyUntil(pool);
    stale = false;
    sortedIn = pool.state();
  }

  private long steadyUntil(PoolView pool) {
    long until = Long.MAX_VALUE;
    for (int i = 0; i < inOrder.size(); i++) {
      until = Math.min(until, pool.steadyUntil(inOrder.get(i)));
      if (i > 0) {
        until = Math.min(until, inOrder.get(i - 1).aheadUntil(inOrder.get(i), pool.now()));
      }
    }
    return until;
  }
}

package dev.muster.ports.in.fleet;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Caller;

/**
 * The workers by which replicas run jobs themselves: agents of the platform that nobody sees, and
 * that take jobs of nobody but tenants that work inline. What else they do they do as agents do.
 */
public interface InlineWorkers {
  /** What such a worker can run. */
  String CAPABILITY = "script";

  /** Whether anybody works inline, or did, and left jobs: a worker would have something to do. */
  boolean areNeeded();

  /**
   * Takes in a worker, which counts as online from now on.
   *
   * @param replica whose it is
   * @param slots how many jobs it takes at once
   * @return as whom it calls from now on
   */
  Caller enter(String replica, int slots);

  /** Whether the server may run jobs of this tenant now; some may wait from when it might. */
  boolean mayRun(TenantId tenant);

  /**
   * Lets a worker go: what it still has is queued again, at no cost to its attempts. Nothing
   * happens where it has gone.
   */
  void leave(Caller worker);
}

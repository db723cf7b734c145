package dev.muster.domain.tenancy;

import dev.muster.domain.identity.WireNamed;

/** The plans a tenant can be on, with the limits that hold until an operator changes them. */
public enum PlanName implements WireNamed {
  /** For trying. */
  FREE(2, 10, 2),
  /** For a small team. */
  STARTER(5, 50, 5),
  /** For a company. */
  PRO(10, 100, 10),
  /** For a large one. */
  ENTERPRISE(50, 500, 50);

  private final Plan initial;

  PlanName(int maxConcurrentJobs, int maxQueueSize, int weight) {
    this.initial = new Plan(this, maxConcurrentJobs, maxQueueSize, weight);
  }

  /** The limits of this plan on a new installation. */
  public Plan initial() {
    return initial;
  }
}

package dev.muster.ports.in.tenancy;

import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.ports.in.access.Caller;

/** The plan table, for operators. */
public interface PlanAdministration {
  /** The limits in force. */
  Plan find(Caller caller, PlanName name);

  /** Replaces the limits of a plan, at once and for all its tenants. */
  Plan replace(Caller caller, Plan plan);
}

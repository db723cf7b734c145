package dev.muster.ports.out.tenancy;

import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.ports.out.CrossTenant;

/** The plan table. */
@CrossTenant("plans belong to the installation")
public interface Plans {
  /** The limits of a plan. */
  Plan get(PlanName name);

  /** Replaces the limits of a plan; the caps of all its tenants follow in the same transaction. */
  void replace(Plan plan);
}

package dev.muster.ports.out.tenancy;

import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;

/** The plan table, in memory. */
public final class InMemoryPlans implements Plans {
  private final InMemoryStorage storage;
  private final InMemoryTable<PlanName, Plan> plans;

  /** With the limits of a new installation. */
  public InMemoryPlans(InMemoryStorage storage) {
    this.storage = storage;
    this.plans = storage.table();
    for (PlanName name : PlanName.values()) {
      plans.put(name, name.initial());
    }
  }

  @Override
  public Plan get(PlanName name) {
    return storage.forAllTenants(() -> plans.find(name).orElseThrow());
  }

  @Override
  public void replace(Plan plan) {
    storage.forAllTenants(() -> plans.change(plan.name(), before -> plan));
  }
}

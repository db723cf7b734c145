package dev.muster.application.tenancy;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.tenancy.PlanAdministration;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.out.tenancy.Plans;

/** The plan table, for operators. */
public final class PlanService implements PlanAdministration {
  private final Transactions transactions;
  private final Plans plans;
  private final Wakeups wakeups;
  private final Auditing auditing;

  /** Keeps plans in {@code plans}. */
  public PlanService(Transactions transactions, Plans plans, Wakeups wakeups, Auditing auditing) {
    this.transactions = transactions;
    this.plans = plans;
    this.wakeups = wakeups;
    this.auditing = auditing;
  }

  @Override
  public Plan find(Caller caller, PlanName name) {
    return transactions.acrossTenants(() -> plans.get(name));
  }

  @Override
  public Plan replace(Caller caller, Plan plan) {
    return transactions.acrossTenants(() -> {
      Plan before = plans.get(plan.name());
      plans.replace(plan);
      wakeups.jobsMayWait();
      auditing.done(
          caller,
          TenantId.SYSTEM,
          "plan.update",
          new Resource("plan", stateName(plan)),
          stateOf(before),
          stateOf(plan));
      return plan;
    });
  }

  private static String stateName(Plan plan) {
    return plan.name().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static State stateOf(Plan plan) {
    return State.of("max_concurrent_jobs", plan.maxConcurrentJobs())
        .with("max_queue_size", plan.maxQueueSize())
        .with("weight", plan.weight());
  }
}

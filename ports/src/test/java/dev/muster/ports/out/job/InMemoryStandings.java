package dev.muster.ports.out.job;

import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.Tenants;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** How tenants stand, counted anew each time; nothing is kept of their virtual times. */
public final class InMemoryStandings implements Function<TenantId, TenantStanding> {
  private final InMemoryJobTable table;
  private final Tenants tenants;
  private final Plans plans;
  private final AtomicLong versions = new AtomicLong();

  /** By the jobs in a table. */
  public InMemoryStandings(InMemoryJobTable table, Tenants tenants, Plans plans) {
    this.table = table;
    this.tenants = tenants;
    this.plans = plans;
  }

  @Override
  public TenantStanding apply(TenantId id) {
    Tenant tenant = tenants.find(id).orElseThrow();
    Plan plan = plans.get(tenant.plan());
    int limit = tenant.taskMaxConcurrent();
    int running = table.running(id);
    return new TenantStanding(
        id,
        tenant.slug(),
        versions.incrementAndGet(),
        tenant.status() == TenantStatus.ACTIVE,
        table.queued(id),
        running,
        running,
        limit > 0 ? Math.min(limit, plan.maxConcurrentJobs()) : plan.maxConcurrentJobs(),
        tenant.weight() == null ? plan.weight() : tenant.weight(),
        0,
        0);
  }
}

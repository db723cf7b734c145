package dev.muster.ports.out.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** New jobs of all tenants, in memory. */
public final class InMemoryIntake implements Intake {
  private final InMemoryStorage storage;
  private final InMemoryJobTable table;
  private final Tenants tenants;
  private final Plans plans;

  /** Into a table. */
  public InMemoryIntake(
      InMemoryStorage storage, InMemoryJobTable table, Tenants tenants, Plans plans) {
    this.storage = storage;
    this.table = table;
    this.tenants = tenants;
    this.plans = plans;
  }

  @Override
  public Map<TenantId, Entrance> lock(Collection<TenantId> wanted) {
    return look(wanted);
  }

  @Override
  public Map<TenantId, Entrance> look(Collection<TenantId> wanted) {
    return storage.forAllTenants(() ->
        wanted.stream()
            .distinct()
            .map(tenants::find)
            .flatMap(Optional::stream)
            .collect(Collectors.toMap(Tenant::id, this::entrance)));
  }

  private Entrance entrance(Tenant tenant) {
    return new Entrance(
        tenant.status() == TenantStatus.ACTIVE,
        plans.get(tenant.plan()).maxQueueSize() - table.queued(tenant.id()),
        tenant.placement().pool(),
        tenant.placement().workerType());
  }

  @Override
  public List<TenantStanding> add(List<Job> jobs, Instant now) {
    return storage.forAllTenants(() -> {
      jobs.forEach(job -> add(job, now));
      Set<TenantId> entered =
          jobs.stream()
              .filter(job -> job.status() == JobStatus.QUEUED)
              .map(Job::tenant)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      boolean fits =
          look(entered).values().stream().allMatch(tenant -> tenant.open() && tenant.room() >= 0);
      if (!fits) {
        throw new Overtaken();
      }
      return entered.stream().map(this::standing).toList();
    });
  }

  private void add(Job job, Instant now) {
    if (job.status().isLeased() || job.attempt() != 0) {
      throw new IllegalStateException("a job is leased by assigning it from the queue only");
    }
    boolean due = job.availableAt() == null || !job.availableAt().isAfter(now);
    table.put(new Row(job, due, null, 0, false));
  }

  private TenantStanding standing(TenantId id) {
    Tenant tenant = tenants.find(id).orElseThrow();
    Plan plan = plans.get(tenant.plan());
    return new TenantStanding(
        id,
        tenant.slug(),
        table.counts(id).version(),
        tenant.status() == TenantStatus.ACTIVE,
        table.queued(id),
        table.running(id),
        0,
        tenant.cap(plan),
        tenant.effectiveWeight(plan),
        table.counts(id).virtualTime(),
        table.counts(id).arrivals());
  }
}

package dev.muster.ports.out.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.Tenants;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The ended jobs of a tenant, in memory. */
public final class InMemoryEndedJobs implements EndedJobs {
  private static final Comparator<Job> OLDEST_FIRST =
      Comparator.comparing(job -> job.id().value(), InMemoryPages.BY_ID);

  private final InMemoryStorage storage;
  private final InMemoryJobTable table;
  private final Tenants tenants;
  private final Plans plans;

  /** In a table. */
  public InMemoryEndedJobs(
      InMemoryStorage storage, InMemoryJobTable table, Tenants tenants, Plans plans) {
    this.storage = storage;
    this.table = table;
    this.tenants = tenants;
    this.plans = plans;
  }

  @Override
  public int count(TenantId tenant, JobFilter filter) {
    return storage.forTenant(tenant, () -> (int) wanted(tenant, filter).count());
  }

  private Stream<Job> wanted(TenantId tenant, JobFilter filter) {
    return table
        .all()
        .map(Row::job)
        .filter(job -> storage.sees(job.tenant()))
        .filter(job -> InMemoryJobs.fits(job, filter.ofTenant(tenant)));
  }

  @Override
  public QueueRoom room(TenantId id) {
    return storage.forTenant(
        id,
        () -> {
          Tenant tenant = tenants.find(id).orElseThrow();
          int most = plans.get(tenant.plan()).maxQueueSize();
          return new QueueRoom(
              tenant.status() == TenantStatus.ACTIVE, Math.max(0, most - table.queued(id)));
        });
  }

  @Override
  public List<Job> lock(TenantId tenant, JobFilter filter, int limit) {
    return storage.forTenant(
        tenant, () -> wanted(tenant, filter).sorted(OLDEST_FIRST).limit(limit).toList());
  }

  @Override
  public boolean enqueueAgain(TenantId tenant, List<Renewed> jobs) {
    return storage.forTenant(
        tenant,
        () -> {
          QueueRoom room = room(tenant);
          if (!jobs.isEmpty() && (!room.open() || room.free() < jobs.size())) {
            return false;
          }
          jobs.forEach(this::renew);
          return true;
        });
  }

  private void renew(Renewed job) {
    boolean same =
        table.find(job.before().id()).filter(row -> row.job().equals(job.before())).isPresent();
    if (!same) {
      throw new IllegalStateException("a job changed although it is locked");
    }
    table.change(job.after().id(), row -> row.with(job.after(), true));
  }
}

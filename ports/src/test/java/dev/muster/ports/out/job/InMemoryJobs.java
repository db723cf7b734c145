package dev.muster.ports.out.job;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.Tenants;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The jobs of a tenant, in memory. */
public final class InMemoryJobs implements Jobs {
  private final InMemoryStorage storage;
  private final InMemoryJobTable table;
  private final Tenants tenants;
  private final Plans plans;
  private final InstantSource clock;

  /**
   * In a table.
   *
   * @param clock tells which jobs are due as they are queued
   */
  public InMemoryJobs(
      InMemoryStorage storage,
      InMemoryJobTable table,
      Tenants tenants,
      Plans plans,
      InstantSource clock) {
    this.storage = storage;
    this.table = table;
    this.tenants = tenants;
    this.plans = plans;
    this.clock = clock;
  }

  private Enqueued enter(TenantId id) {
    Tenant tenant = tenants.find(id).orElseThrow();
    if (tenant.status() == TenantStatus.SUSPENDED) {
      return Enqueued.TENANT_SUSPENDED;
    }
    return table.queued(id) < plans.get(tenant.plan()).maxQueueSize()
        ? Enqueued.YES
        : Enqueued.QUEUE_FULL;
  }

  /** Only the queue assigns, because the cap is looked at there. */
  private static void refuseLeased(Job job) {
    if (job.status().isLeased()) {
      throw new IllegalStateException("a job is leased by assigning it from the queue only");
    }
  }

  private boolean isDue(Job job) {
    return job.availableAt() == null || !job.availableAt().isAfter(clock.instant());
  }

  @Override
  public Optional<Job> find(TenantId tenant, JobId id) {
    return storage.forTenant(
        tenant,
        () ->
            table
                .find(id)
                .map(Row::job)
                .filter(job -> job.tenant().equals(tenant) && storage.sees(tenant)));
  }

  @Override
  public Optional<Job> lock(TenantId tenant, JobId id) {
    return find(tenant, id);
  }

  private boolean replace(TenantId tenant, Job before, Job after) {
    boolean isSame = find(tenant, before.id()).filter(now -> isSame(now, before)).isPresent();
    if (isSame) {
      table.change(after.id(), row -> row.with(after, isDue(after)));
    }
    return isSame;
  }

  private static boolean isSame(Job now, Job before) {
    return now.status() == before.status() && now.attempt() == before.attempt();
  }

  @Override
  public Enqueued enqueueAgain(TenantId tenant, Job before, Job after) {
    return storage.forTenant(
        tenant,
        () -> {
          Enqueued entered = enter(tenant);
          return entered == Enqueued.YES && !replace(tenant, before, after)
              ? Enqueued.CHANGED_MEANWHILE
              : entered;
        });
  }

  @Override
  public Page<Job> list(TenantId tenant, JobFilter filter, PageRequest page) {
    return storage.forTenant(
        tenant,
        () ->
            page(
                table.all().map(Row::job).filter(job -> storage.sees(job.tenant())),
                filter.ofTenant(tenant),
                page));
  }

  static Page<Job> page(Stream<Job> jobs, JobFilter filter, PageRequest page) {
    return InMemoryPages.newestFirst(
        jobs.filter(job -> fits(job, filter)),
        job -> new Cursor(Instant.EPOCH, job.id().value()),
        page);
  }

  static boolean fits(Job job, JobFilter filter) {
    return isWanted(filter.tenant(), job.tenant())
        && isWanted(filter.status(), job.status())
        && isWanted(filter.type(), job.spec().type())
        && isWanted(filter.priority(), job.spec().priority())
        && isWanted(filter.errorClass(), job.error() == null ? null : job.error().errorClass())
        && isWanted(filter.agent(), job.agent())
        && endedWithin(job.finishedAt(), filter);
  }

  private static boolean isWanted(@Nullable Object wanted, @Nullable Object present) {
    return wanted == null || wanted.equals(present);
  }

  private static boolean endedWithin(@Nullable Instant ended, JobFilter filter) {
    Instant after = filter.finishedAfter();
    Instant before = filter.finishedBefore();
    return (after == null || ended != null && !ended.isBefore(after))
        && (before == null || ended != null && ended.isBefore(before));
  }

  @Override
  public List<Attempt> attempts(TenantId tenant, JobId id) {
    return storage.forTenant(
        tenant, () -> find(tenant, id).map(job -> table.attempts(job.id())).orElse(List.of()));
  }
}

package dev.muster.ports.out.scheduling;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.scheduling.QueueOverview.Count;
import dev.muster.ports.in.scheduling.QueueOverview.Load;
import dev.muster.ports.in.scheduling.QueueOverview.OfCapability;
import dev.muster.ports.in.scheduling.QueueOverview.OfClass;
import dev.muster.ports.in.scheduling.QueueOverview.OfTenant;
import dev.muster.ports.in.scheduling.QueueOverview.Waits;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.out.job.InMemoryJobTable;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers over the queue, in memory. */
public final class InMemoryQueueStatistics implements QueueStatistics {
  private static final String ONLY = "the only one";
  private static final Comparator<Job> OLDEST_FIRST =
      Comparator.comparing(Job::queuedAt)
          .thenComparing(job -> job.id().value(), InMemoryPages.BY_ID);

  private final InMemoryStorage storage;
  private final InMemoryJobTable table;
  private final InMemoryTable<String, Count> kept;
  private final Tenants tenants;
  private final Plans plans;

  /** Over a table. */
  public InMemoryQueueStatistics(
      InMemoryStorage storage, InMemoryJobTable table, Tenants tenants, Plans plans) {
    this.storage = storage;
    this.table = table;
    this.kept = storage.table();
    this.tenants = tenants;
    this.plans = plans;
  }

  @Override
  public Load load(int mostTenants) {
    return storage.forAllTenants(() -> {
      List<Job> running = jobs().filter(job -> job.status().isLeased()).toList();
      return new Load(
          queued().count(),
          running.size(),
          running.stream().filter(job -> job.pool() == Pool.SHARED).count(),
          jobs()
              .map(Job::tenant)
              .distinct()
              .map(this::load)
              .filter(tenant -> tenant.queued() > 0 || tenant.running() > 0)
              .sorted(
                  Comparator.comparing(OfTenant::queued)
                      .thenComparing(OfTenant::running)
                      .reversed()
                      .thenComparing(tenant -> tenant.slug().value()))
              .limit(mostTenants)
              .toList());
    });
  }

  private OfTenant load(TenantId id) {
    Tenant tenant = tenants.find(id).orElseThrow();
    return new OfTenant(
        id,
        tenant.slug(),
        (int) queued().filter(job -> job.tenant().equals(id)).count(),
        table.running(id),
        tenant.cap(plans.get(tenant.plan())));
  }

  private Stream<Job> jobs() {
    return table.all().map(Row::job);
  }

  private Stream<Job> queued() {
    return jobs().filter(job -> job.status() == JobStatus.QUEUED);
  }

  @Override
  public List<Oldest> oldest() {
    return storage.forAllTenants(() -> {
      List<Oldest> found = new ArrayList<>();
      for (Pool pool : Pool.values()) {
        for (Priority priority : Priority.values()) {
          table
              .all()
              .filter(row -> row.due() && row.job().status() == JobStatus.QUEUED)
              .map(Row::job)
              .filter(job -> job.pool() == pool && job.spec().priority() == priority)
              .min(OLDEST_FIRST)
              .map(job -> new Oldest(pool, priority, job.id(), job.tenant(), job.queuedAt()))
              .ifPresent(found::add);
        }
      }
      return found;
    });
  }

  @Override
  public Count count(Instant now, int mostCapabilities) {
    return storage.forAllTenants(() -> {
      List<OfClass> classes = new ArrayList<>();
      for (Pool pool : Pool.values()) {
        for (Priority priority : Priority.values()) {
          classes.add(count(pool, priority));
        }
      }
      return new Count(
          now,
          classes.stream().filter(each -> each.queued() > 0).toList(),
          queued()
              .flatMap(job -> job.spec().requirements().capabilities().stream())
              .collect(Collectors.groupingBy(name -> name, Collectors.counting()))
              .entrySet()
              .stream()
              .map(each -> new OfCapability(each.getKey(), each.getValue()))
              .sorted(
                  Comparator.comparing(OfCapability::queued)
                      .reversed()
                      .thenComparing(OfCapability::capability))
              .limit(mostCapabilities)
              .toList());
    });
  }

  private OfClass count(Pool pool, Priority priority) {
    List<Row> rows =
        table
            .all()
            .filter(row -> row.job().status() == JobStatus.QUEUED)
            .filter(row -> row.job().pool() == pool)
            .filter(row -> row.job().spec().priority() == priority)
            .toList();
    return new OfClass(
        pool, priority, rows.size(), rows.stream().filter(row -> !row.due()).count());
  }

  @Override
  public void keep(Count count) {
    storage.forAllTenants(() -> {
      kept.put(ONLY, count);
      return true;
    });
  }

  @Override
  public Optional<Count> kept() {
    return storage.forAllTenants(() -> kept.find(ONLY));
  }

  @Override
  public Waits waits(Instant since, int sample) {
    return storage.forAllTenants(() -> {
      List<Duration> waited =
          Stream.concat(
                  jobs()
                      .filter(job -> job.finishedAt() != null && !job.finishedAt().isBefore(since))
                      .sorted(Comparator.comparing(Job::finishedAt).reversed())
                      .limit(sample),
                  jobs().filter(job -> job.status().isLeased()).limit(sample))
              .flatMap(job -> waited(job, since).stream())
              .sorted()
              .toList();
      return waited.isEmpty()
          ? new Waits(since, 0, null, null, null, null)
          : new Waits(
              since,
              waited.size(),
              percentile(waited, 50),
              percentile(waited, 90),
              percentile(waited, 99),
              waited.getLast());
    });
  }

  private Optional<Duration> waited(Job job, Instant since) {
    return table.attempts(job.id()).stream()
        .filter(attempt -> attempt.number() == job.attempt())
        .map(Attempt::assignedAt)
        .filter(at -> !at.isBefore(since))
        .map(at -> Duration.between(job.dueAt(), at))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .findFirst();
  }

  /** The first that so many are not longer than. */
  private static Duration percentile(List<Duration> sorted, int percent) {
    int place = (sorted.size() * percent + 99) / 100;
    return sorted.get(Math.max(1, place) - 1);
  }
}

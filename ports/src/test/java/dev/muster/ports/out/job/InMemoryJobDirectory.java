package dev.muster.ports.out.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.scheduling.ByFormula;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finding jobs across tenants, in memory. */
public final class InMemoryJobDirectory implements JobDirectory {
  private final InMemoryStorage storage;
  private final InMemoryJobTable table;

  /** Of the jobs in a table. */
  public InMemoryJobDirectory(InMemoryStorage storage, InMemoryJobTable table) {
    this.storage = storage;
    this.table = table;
  }

  @Override
  public Optional<TenantId> tenantOf(JobId id) {
    return storage.forAllTenants(() -> table.find(id).map(row -> row.job().tenant()));
  }

  @Override
  public Page<Job> list(JobFilter filter, PageRequest page) {
    return storage.forAllTenants(() -> InMemoryJobs.page(table.all().map(Row::job), filter, page));
  }

  @Override
  public Map<TenantId, Integer> count(JobFilter filter) {
    return storage.forAllTenants(() ->
        table
            .all()
            .map(Row::job)
            .filter(job -> InMemoryJobs.fits(job, filter))
            .collect(Collectors.groupingBy(Job::tenant, Collectors.summingInt(job -> 1))));
  }

  @Override
  public List<Ref> leasedTo(AgentId agent) {
    return storage.forAllTenants(() -> table.leasedTo(agent).map(row -> ref(row.job())).toList());
  }

  @Override
  public List<Ref> overdueLeases(Instant now, Duration cancelGrace, int limit) {
    return refs(
        job ->
            job.status().isLeased()
                && (isPast(job.leaseExpiresAt(), now)
                    || isPast(JobLifecycle.runsOutAt(job).orElse(null), now)
                    || isPast(job.cancelRequestedAt(), now.minus(cancelGrace))),
        limit);
  }

  @Override
  public List<Ref> overdueInQueue(Instant now, int limit) {
    return refs(job -> isPast(JobLifecycle.expiresAt(job).orElse(null), now), limit);
  }

  private List<Ref> refs(Predicate<Job> wanted, int limit) {
    return storage.forAllTenants(() ->
        table
            .all()
            .map(Row::job)
            .filter(wanted)
            .limit(limit)
            .map(InMemoryJobDirectory::ref)
            .toList());
  }

  private static boolean isPast(@Nullable Instant moment, Instant now) {
    return moment != null && !moment.isAfter(now);
  }

  private static Ref ref(Job job) {
    return new Ref(job.tenant(), job.id());
  }

  @Override
  public int promoteDue(Instant now) {
    return storage.forAllTenants(() -> {
      List<Row> delayed =
          table
              .all()
              .filter(row -> row.job().status() == JobStatus.QUEUED && !row.due())
              .filter(row -> isPast(row.job().availableAt(), now))
              .toList();
      delayed.forEach(row -> table.put(row.with(row.job(), true)));
      return delayed.size();
    });
  }

  @Override
  public Map<JobId, Integer> positions(Collection<Job> jobs, Instant now, int most) {
    return storage.forAllTenants(() -> {
      Map<JobId, Integer> places = new HashMap<>();
      for (Job job : jobs) {
        int place = line(job, now, most).indexOf(job.id()) + 1;
        if (place > 0) {
          places.put(job.id(), place);
        }
      }
      return places;
    });
  }

  @Override
  public Map<JobId, Integer> positionsOfNew(Collection<Job> jobs, Instant now, int most) {
    return positions(jobs, now, most);
  }

  @Override
  public List<Job> leased(Collection<Ref> jobs) {
    return storage.forAllTenants(() ->
        table
            .all()
            .map(Row::job)
            .filter(job -> jobs.contains(new Ref(job.tenant(), job.id())))
            .filter(job -> job.status().isLeased())
            .toList());
  }

  private List<JobId> line(Job job, Instant now, int most) {
    return table
        .all()
        .filter(row -> row.due() && row.job().status() == JobStatus.QUEUED)
        .map(Row::job)
        .filter(other -> isSamePool(job, other))
        .map(InMemoryJobDirectory::asPlanned)
        .sorted(ByFormula.at(now))
        .limit(most)
        .map(QueuedJob::id)
        .toList();
  }

  private static boolean isSamePool(Job job, Job other) {
    return job.pool() == other.pool()
        && (job.pool() == Pool.SHARED || job.tenant().equals(other.tenant()));
  }

  /** A queued job as planning looks at it. */
  public static QueuedJob asPlanned(Job job) {
    return new QueuedJob(
        job.id(),
        job.tenant(),
        job.pool(),
        job.workerType(),
        job.spec().priority(),
        job.spec().requirements(),
        job.queuedAt());
  }

  @Override
  public int deleteEndedBefore(Instant moment, int limit) {
    return storage.forAllTenants(() -> {
      List<Job> old =
          table
              .all()
              .map(Row::job)
              .filter(job -> job.finishedAt() != null && job.finishedAt().isBefore(moment))
              .limit(limit)
              .toList();
      old.forEach(job -> table.remove(job.id()));
      return old.size();
    });
  }
}
